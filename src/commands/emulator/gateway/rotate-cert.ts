import { defineCommand } from '../../../cli/define-command.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';

/** `gsdk emulator gateway rotate-cert` */
export const gatewayRotateCert = defineCommand({
  summary: 'Replace the certificate of the gateway',
  examples: [
    'gsdk emulator gateway rotate-cert',
    'gsdk emulator gateway rotate-cert --expired',
    'gsdk emulator gateway rotate-cert --new-ca',
  ],
  description:
    'New connections see the next certificate; those that are open stay. Without options it is a good\n' +
    'one, signed by the root that clients have: it takes back what was wrong with the last one.',
  output: gatewayShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .option('--new-ca', 'signed by a root that no client trusts')
      .option('--expired', 'valid until yesterday')
      .option('--for-host <NAMES>', 'the DNS names and IP addresses that it is for, parted by commas'),
  run: ({ session, command }, { newCa, expired, forHost }) =>
    act(command, session, { do: 'rotateCertificate', newRoot: newCa, expired, names: forHost?.split(',') }),
});
