import { defineCommand } from '../../../cli/define-command.ts';
import { toDeviceAddress, toDeviceID } from '../../../cli/input/option-parsers.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { perform } from '../control/perform.ts';
import { deviceRow, deviceShape } from './act.ts';

/** `gsdk emulator device move` */
export const deviceMove = defineCommand({
  summary: 'Set the address of an emulated device',
  examples: ['gsdk emulator device move 846 192.168.0.200', 'gsdk emulator device move 846 10.0.0.7:51299'],
  description:
    'Its session ends, as after a new lease of DHCP. A gateway that dials the old address finds nobody\n' +
    'there, or whoever has moved in since.',
  output: deviceShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .argument('<id>', 'the device')
      .argument('<ip[:port]>', 'its new address; the port stays unless given'),
  run: ({ session, command }, word, address) => {
    const deviceID = toDeviceID(word);
    const { IPAddr, port } = toDeviceAddress(address);
    const step = { do: 'move', deviceID, IPAddr, ...(address.includes(':') && { port }) };
    return session.show(deviceShape, async () => {
      const { devices } = await perform(command, session, step);
      return { rows: devices.map(deviceRow) };
    });
  },
});
