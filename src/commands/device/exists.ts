import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import { toDeviceID } from '../../cli/input/option-parsers.ts';
import type { Session } from '../../cli/session.ts';
import type { Shape } from '../../render/view.ts';

/** `gsdk device exists` */
export const deviceExists = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk device exists 846 && echo managed', 'gsdk device exists 846 --json'],
    notes: 'As a table it prints nothing; the answer is the exit code.',
    output: shape,
    exitCodes: [4, 5, 8, 124],
  });
  command.argument('<id>', 'a device ID').action((word) => {
    const deviceID = toDeviceID(word);
    return session.ask(shape, async (gateway) => {
      const exists = (await gateway.devices()).some((device) => device.deviceID === deviceID);
      return { rows: [{ deviceID, exists }], text: '', exitCode: exists ? 0 : 8 };
    });
  });
};

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
