import { defineCommand } from '../../../cli/define-command.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';

/** `gsdk emulator gateway restart` */
export const gatewayRestart = defineCommand({
  summary: 'Restart the gateway process',
  examples: ['gsdk emulator gateway restart', 'gsdk emulator gateway restart --remembers --name ci'],
  description:
    'All connections end, and the next process forgets async connections, accept filter and slaves, as\n' +
    'real gateways are taken to do. After a crash it starts one.',
  output: gatewayShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command).option('--remembers', 'it still knows its async connections and its accept filter'),
  run: ({ session, command }, { remembers }) => act(command, session, { do: 'restartGateway', remembers }),
});
