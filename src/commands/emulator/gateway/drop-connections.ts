import { defineCommand } from '../../../cli/define-command.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';
import { endOption } from './crash.ts';

/** `gsdk emulator gateway drop-connections` */
export const gatewayDropConnections = defineCommand({
  summary: 'Disconnect all clients',
  examples: ['gsdk emulator gateway drop-connections', 'gsdk emulator gateway drop-connections --how rst'],
  description: 'All connections of clients end, and with them their streams; new ones are taken at once.',
  output: gatewayShape,
  exitCodes: controlExitCodes,
  parameters: (command) => withName(command).addOption(endOption()),
  run: ({ session, command }, { how }) => act(command, session, { do: 'dropConnections', how }),
});
