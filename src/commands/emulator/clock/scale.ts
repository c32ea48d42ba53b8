import { defineCommand } from '../../../cli/define-command.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { clockRow, clockShape } from './shape.ts';

/** `gsdk emulator clock scale` */
export const clockScale = defineCommand({
  summary: 'Set the speed of the emulated clock',
  examples: ['gsdk emulator clock scale 60', 'gsdk emulator clock scale 1'],
  description: 'The time goes on from where it is. A clock that is moved by hand is exit 9.',
  output: clockShape,
  exitCodes: [...controlExitCodes, 9],
  parameters: (command) => withName(command).argument('<k>', 'how many times as fast as real time', factorArgument),
  run: ({ session, command }, factor) =>
    session.show(clockShape, async () => {
      const { clock } = await askControl({ command, session, isRead: false, hint }, (client, limits) =>
        client.scaleClock({ factor }, limits),
      );
      return { rows: [clockRow(clock)] };
    }),
});

function factorArgument(text: string): number {
  const factor = Number(text);
  if (/^\d{1,4}(?:\.\d{1,3})?$/.test(text) && factor > 0) return factor;
  throw usageError(`expected a factor such as 20 or 0.5, got "${text}"`, 'real time is 1');
}

const hint = 'see how it passes: gsdk emulator clock show';
