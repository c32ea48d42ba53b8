import type { Command } from '@commander-js/extra-typings';
import { formatDuration } from '../../../base/duration.ts';
import { document } from '../../../cli/help/help.ts';
import { durationOption } from '../../../cli/input/option-parsers.ts';
import type { Session } from '../../../cli/session.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';

/** `gsdk emulator gateway hang` */
export const gatewayHang = (command: Command, session: Session) => {
  document(command, {
    examples: [
      'gsdk emulator gateway hang --for 30s',
      'gsdk emulator gateway hang --streams',
      'gsdk emulator gateway hang --off',
    ],
    notes:
      'Connections and calls are taken and never answered, and open streams stay open and silent; what the\n' +
      'gateway does with its devices goes on. Afterwards what has waited is carried out and answered.',
    output: gatewayShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .option('--for <DURATION>', 'how long, emulated; until --off unless given', durationOption('--for'))
    .option('--streams', 'only status streams; calls are answered')
    .option('--off', 'end it')
    .action(({ for: forMs, streams, off }) => {
      if (off && (streams || forMs !== undefined))
        throw usageError('--off beside --for or --streams', 'say one of them');
      if (off) return act(command, session, { do: 'thaw' });
      const what = streams ? 'streams' : 'everything';
      return act(command, session, { do: 'freeze', what, for: forMs && formatDuration(forMs) });
    });
};
