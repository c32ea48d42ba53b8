import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';
import { endOption } from './crash.ts';

/** `gsdk emulator gateway drop-connections` */
export const gatewayDropConnections = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator gateway drop-connections', 'gsdk emulator gateway drop-connections --how rst'],
    notes: 'All connections of clients end, and with them their streams; new ones are taken at once.',
    output: gatewayShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .addOption(endOption())
    .action(({ how }) => act(command, session, { do: 'dropConnections', how }));
};
