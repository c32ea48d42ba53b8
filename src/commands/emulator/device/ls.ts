import { defineCommand } from '../../../cli/define-command.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, deviceRow, deviceShape, readDevices } from './act.ts';

const shape = { ...deviceShape, isRead: true };

/** `gsdk emulator device ls` */
export const emulatedDeviceLs = defineCommand({
  summary: 'List the emulated devices',
  examples: ['gsdk emulator device ls', 'gsdk emulator device ls zone=7 -o ids'],
  description:
    'The devices themselves, whatever the gateway knows of them: whether they are on the network, and\n' +
    'whether the gateway has a session with them.',
  output: shape,
  exitCodes: controlExitCodes,
  parameters: (command) => withName(command).argument('[device...]', `${aboutDevices}; all of them unless given`),
  run: ({ session, command }, words) =>
    session.show(shape, async () => {
      const devices = await readDevices(words, session);
      if (devices.length === 0 && words.length > 0) return { rows: [] };
      const selector = devices.toString();
      const found = await askControl({ command, session, isRead: true }, (client, limits) =>
        client.listDevices({ selector }, limits),
      );
      return { rows: found.devices.map(deviceRow) };
    }),
});
