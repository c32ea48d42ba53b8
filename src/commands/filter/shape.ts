import type { AcceptFilter } from '../../gateway/gateway.ts';
import { createResultShape } from '../../render/results.ts';
import type { Result, Row, Shape } from '../../render/view.ts';

/** What the accept filter looks like. */
export const filterShape: Shape = {
  isRead: true,
  isObject: true,
  fields: ['allowAll', 'deviceIDs', 'IPAddrs', 'subnetMasks'],
  columns: [
    { field: 'allowAll', header: 'ALLOW ALL' },
    { field: 'deviceIDs', header: 'DEVICE IDS' },
    { field: 'IPAddrs', header: 'ADDRESSES', isWide: true },
    { field: 'subnetMasks', header: 'MASKS', isWide: true },
  ],
};

/** What a change looks like that names devices: a result for each, and the filter before and after. */
export const changeShape: Shape = { ...createResultShape([], []), documentKind: 'filterChange' };

const { deviceID: _, ...withoutDevices } = changeShape;

/** What a change looks like that names none. */
export const broadShape: Shape = withoutDevices;

/** Around the results where nobody was named, so that the filter was not even read. */
export const unread = (result: Result): Result => ({
  ...result,
  document: (rows) => ({ ...(result.document?.(rows) as object), before: null, after: null }),
});

/** The accept filter as a row. */
export const filterRow = (filter: AcceptFilter): Row => ({ ...filter });

/** The accept filter in a line, for people. */
export const filterLine = ({ allowAll, deviceIDs }: AcceptFilter) =>
  `${allowAll ? 'accepts everybody' : 'accepts the listed devices'}; listed: ${deviceIDs.join(' ') || 'none'}`;
