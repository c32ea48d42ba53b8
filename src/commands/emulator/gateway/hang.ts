import { formatDuration } from '../../../base/duration.ts';
import { defineCommand } from '../../../cli/define-command.ts';
import { durationOption } from '../../../cli/input/option-parsers.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';

/** `gsdk emulator gateway hang` */
export const gatewayHang = defineCommand({
  summary: 'Stop answering calls, with connections kept open',
  examples: [
    'gsdk emulator gateway hang --for 30s',
    'gsdk emulator gateway hang --streams',
    'gsdk emulator gateway hang --off',
  ],
  description:
    'Connections and calls are taken and never answered, and open streams stay open and silent; what the\n' +
    'gateway does with its devices goes on. Afterwards what has waited is carried out and answered.',
  output: gatewayShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .option('--for <DURATION>', 'how long, emulated; until --off unless given', durationOption('--for'))
      .option('--streams', 'only status streams; calls are answered')
      .option('--off', 'end it'),
  run: ({ session, command }, { for: forMs, streams, off }) => {
    if (off && (streams || forMs !== undefined)) throw usageError('--off beside --for or --streams', 'say one of them');
    if (off) return act(command, session, { do: 'thaw' });
    const what = streams ? 'streams' : 'everything';
    return act(command, session, { do: 'freeze', what, for: forMs && formatDuration(forMs) });
  },
});
