import type { SlaveDevices } from '../../gateway/gateway.ts';
import type { Column, Row } from '../../render/view.ts';

/** The fields of the slaves of a parent, beside its ID. */
export const slaveColumns: readonly Column[] = [
  { field: 'rs485SlaveDeviceIDs', header: 'RS485 SLAVES' },
  { field: 'wiegandSlaveDeviceIDs', header: 'WIEGAND SLAVES' },
];

/** The slaves of a parent as a row. */
export const slaveRow = ({ deviceID, rs485SlaveDeviceIDs, wiegandSlaveDeviceIDs }: SlaveDevices): Row => ({
  ...{ deviceID, rs485SlaveDeviceIDs, wiegandSlaveDeviceIDs },
});
