import { defineCommand } from '../../cli/define-command.ts';
import { toDeviceID } from '../../cli/input/option-parsers.ts';
import { isAccepted } from '../../gateway/operations/filter-change.ts';
import type { Shape } from '../../render/view.ts';

const shape: Shape = {
  isRead: true,
  isObject: true,
  fields: ['deviceID', 'accepted', 'listed', 'allowAll'],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'accepted', header: 'ACCEPTED' },
    { field: 'listed', header: 'LISTED' },
    { field: 'allowAll', header: 'ALLOW ALL' },
  ],
  deviceID: ({ deviceID, accepted }) => (accepted ? Number(deviceID) : undefined),
};

/** `gsdk filter check` */
export const filterCheck = defineCommand({
  summary: 'Check that the filter accepts a device (exit code 0 or 8)',
  examples: ['gsdk filter check 939342898 || echo shut out', 'gsdk filter check 939342898 --json'],
  description: 'As a table it prints nothing; the answer is the exit code.',
  output: shape,
  exitCodes: [4, 5, 8, 124],
  parameters: (command) => command.argument('<id>', 'a device ID'),
  run: ({ session }, word) => {
    const deviceID = toDeviceID(word);
    return session.ask(shape, async (gateway) => {
      const filter = await gateway.filter();
      const accepted = isAccepted(filter, deviceID);
      const listed = filter.deviceIDs.includes(deviceID);
      return {
        rows: [{ deviceID, accepted, listed, allowAll: filter.allowAll }],
        text: '',
        exitCode: accepted ? 0 : 8,
      };
    });
  },
});
