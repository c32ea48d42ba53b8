import type { Clock } from '../../../gen/emulator/control_pb.ts';
import type { Shape } from '../../../render/view.ts';
import { rfc3339 } from '../control/perform.ts';

/** What the commands on the clock print: how it is afterwards. */
export const clockShape: Shape = {
  isRead: false,
  isObject: true,
  nullable: ['factor'],
  fields: ['time', 'manual', 'factor'],
  columns: [
    { field: 'time', header: 'TIME' },
    { field: 'manual', header: 'MANUAL' },
    { field: 'factor', header: 'FACTOR' },
  ],
};

/** The row of a clock; one that is moved by hand has no speed. */
export const clockRow = (clock: Clock | undefined) => {
  const { time, manual = false, factor = 0 } = clock ?? {};
  return { time: rfc3339(time), manual, factor: manual ? null : factor };
};
