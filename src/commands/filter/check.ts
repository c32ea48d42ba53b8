import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import { toDeviceID } from '../../cli/input/option-parsers.ts';
import type { Session } from '../../cli/session.ts';
import { isAccepted } from '../../gateway/operations/filter-change.ts';
import type { Shape } from '../../render/view.ts';

/** `gsdk filter check` */
export const filterCheck = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk filter check 939342898 || echo shut out', 'gsdk filter check 939342898 --json'],
    notes: 'As a table it prints nothing; the answer is the exit code.',
    output: shape,
    exitCodes: [4, 5, 8, 124],
  });
  command.argument('<id>', 'a device ID').action((word) => {
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
  });
};

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
