import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import type { Session } from '../../cli/session.ts';
import type { PendingDevice } from '../../gateway/gateway.ts';
import type { Row, Shape } from '../../render/view.ts';

/** `gsdk pending ls` */
export const pendingLs = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk pending ls', "gsdk pending ls --json | jq -r '.[] | [.deviceID, .lastTryTime] | @tsv'"],
    output: shape,
    exitCodes: [4, 5, 8, 124],
  });
  command.option('--fail-if-empty', 'end with 8 when there is none').action(({ failIfEmpty }) =>
    session.ask(shape, async (gateway) => {
      const rows = (await gateway.pending()).map(pendingRow);
      return { rows, exitCode: failIfEmpty && rows.length === 0 ? 8 : 0 };
    }),
  );
};

const pendingRow = (device: PendingDevice): Row => ({
  ...device,
  lastTryTime: new Date(device.lastTry * 1000).toISOString().replace('.000Z', 'Z'),
});

const shape: Shape = {
  isRead: true,
  fields: ['deviceID', 'type', 'IPAddr', 'lastTry', 'lastTryTime'],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'type', header: 'TYPE' },
    { field: 'IPAddr', header: 'ADDRESS' },
    { field: 'lastTryTime', header: 'LAST TRY' },
  ],
  deviceID: ({ deviceID }) => Number(deviceID),
};
