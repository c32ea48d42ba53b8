import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';

/** `gsdk emulator gateway restart` */
export const gatewayRestart = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator gateway restart', 'gsdk emulator gateway restart --remembers --name ci'],
    notes:
      'All connections end, and the next process forgets async connections, accept filter and slaves, as\n' +
      'real gateways are taken to do. After a crash it starts one.',
    output: gatewayShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .option('--remembers', 'it still knows its async connections and its accept filter')
    .action(({ remembers }) => act(command, session, { do: 'restartGateway', remembers }));
};
