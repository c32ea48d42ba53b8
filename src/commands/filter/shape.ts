import type { AcceptFilter } from '../../gateway/gateway.ts';
import type { Row, Shape } from '../../render/view.ts';

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

/** The accept filter as a row. */
export const filterRow = (filter: AcceptFilter): Row => ({ ...filter });

/** The accept filter in a line, for people. */
export const filterLine = ({ allowAll, deviceIDs }: AcceptFilter) =>
  `${allowAll ? 'accepts everybody' : 'accepts the listed devices'}; listed: ${deviceIDs.join(' ') || 'none'}`;
