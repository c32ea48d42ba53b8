import { defineCommand } from '../../cli/define-command.ts';
import type { PendingDevice } from '../../gateway/gateway.ts';
import type { Row, Shape } from '../../render/view.ts';

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

/** `gsdk pending ls` */
export const pendingLs = defineCommand({
  summary: 'List pending devices',
  examples: ['gsdk pending ls', "gsdk pending ls --json | jq -r '.[] | [.deviceID, .lastTryTime] | @tsv'"],
  output: shape,
  exitCodes: [4, 5, 8, 124],
  parameters: (command) => command.option('--fail-if-empty', 'end with 8 when there is none'),
  run: ({ session }, { failIfEmpty }) =>
    session.ask(shape, async (gateway) => {
      const rows = (await gateway.pending()).map(pendingRow);
      return { rows, exitCode: failIfEmpty && rows.length === 0 ? 8 : 0 };
    }),
});

const pendingRow = (device: PendingDevice): Row => ({
  ...device,
  lastTryTime: new Date(device.lastTry * 1000).toISOString().replace('.000Z', 'Z'),
});
