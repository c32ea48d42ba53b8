import { usageError } from '../../errors/gsdk-error.ts';

/** How emulated time passes: `1` as real time does, `20` twenty times as fast. */
export function clockOption(text: string): number {
  const [, factor] = /^scaled:(\d{1,4}(?:\.\d{1,3})?)$/.exec(text === 'real' ? 'scaled:1' : text) ?? [];
  if (Number(factor) > 0) return Number(factor);
  throw usageError(`--clock: expected real or scaled:K, got "${text}"`, 'with scaled:20, a redial of 30 s takes 1.5 s');
}
