import { defineCommand } from '../../cli/define-command.ts';
import { toDeviceID } from '../../cli/input/option-parsers.ts';
import type { Shape } from '../../render/view.ts';

const shape: Shape = {
  isRead: true,
  isObject: true,
  fields: ['deviceID', 'exists'],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'exists', header: 'EXISTS' },
  ],
  deviceID: ({ deviceID, exists }) => (exists ? Number(deviceID) : undefined),
};

/** `gsdk device exists` */
export const deviceExists = defineCommand({
  summary: 'Check that a device is managed (exit code 0 or 8)',
  examples: ['gsdk device exists 846 && echo managed', 'gsdk device exists 846 --json'],
  description: 'As a table it prints nothing; the answer is the exit code.',
  output: shape,
  exitCodes: [4, 5, 8, 124],
  parameters: (command) => command.argument('<id>', 'a device ID'),
  run: ({ session }, word) => {
    const deviceID = toDeviceID(word);
    return session.ask(shape, async (gateway) => {
      const exists = (await gateway.devices()).some((device) => device.deviceID === deviceID);
      return { rows: [{ deviceID, exists }], text: '', exitCode: exists ? 0 : 8 };
    });
  },
});
