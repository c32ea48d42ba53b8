import type { ManagedDevice } from '../../gateway/gateway.ts';
import type { Row, Shape } from '../../render/view.ts';

/** What managed devices look like, one or many. */
export const deviceShape: Shape = {
  isRead: true,
  fields: ['deviceID', 'type', 'connectionMode', 'IPAddr', 'port', 'status', 'autoReconnect', 'useSSL', 'connected'],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'type', header: 'TYPE' },
    { field: 'IPAddr', header: 'ADDRESS', cell: ({ IPAddr, port }) => `${IPAddr}:${port}` },
    { field: 'status', header: 'STATUS' },
    { field: 'connectionMode', header: 'MODE' },
    { field: 'autoReconnect', header: 'ASYNC' },
    { field: 'useSSL', header: 'SSL' },
    { field: 'connected', header: 'CONNECTED', isWide: true },
  ],
  deviceID: ({ deviceID }) => Number(deviceID),
};

/** A managed device as a row. */
export const deviceRow = (device: ManagedDevice): Row => ({ ...device });
