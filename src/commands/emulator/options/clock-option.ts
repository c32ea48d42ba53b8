import type { Clock } from '../../../emulator/index.ts';
import { usageError } from '../../../errors/gsdk-error.ts';

/** How emulated time passes: so many times as fast as real time, or by `emulator clock advance` alone. */
export type ClockChoice = number | 'manual';

/** What `--clock` is for, in help. */
export const aboutClock =
  'real; scaled:K for emulated time that is K times as fast; or manual: only emulator clock advance moves it';

/** Reads the value of `--clock`. */
export function clockOption(text: string): ClockChoice {
  if (text === 'manual') return text;
  const [, factor] = /^scaled:(\d{1,4}(?:\.\d{1,3})?)$/.exec(text === 'real' ? 'scaled:1' : text) ?? [];
  if (Number(factor) > 0) return Number(factor);
  throw usageError(
    `--clock: expected real, scaled:K or manual, got "${text}"`,
    'with scaled:20, a redial of 30 s takes 1.5 s',
  );
}

/** A clock as it was chosen, which starts now; a manual one always starts at the same time. */
export async function chosenClock(choice: ClockChoice): Promise<Clock> {
  const { manualClock, manualStartMs, scaledClock } = await import('../../../emulator/index.ts');
  return choice === 'manual' ? manualClock(manualStartMs) : scaledClock(choice);
}
