import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { combineFailures, notManagedFailure } from '../../errors/combine-failures.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { createEmptySlaves } from '../../gateway/operations/slave-change.ts';
import type { Shape } from '../../render/view.ts';
import { slaveColumns, slaveRow } from './shape.ts';

const shape: Shape = {
  isRead: true,
  fields: ['deviceID', 'rs485SlaveDeviceIDs', 'wiegandSlaveDeviceIDs'],
  columns: [{ field: 'deviceID', header: 'ID' }, ...slaveColumns],
  deviceID: ({ deviceID }) => Number(deviceID),
};

/** `gsdk slave ls` */
export const slaveLs = defineCommand({
  summary: 'List parent devices with their slave devices',
  examples: ['gsdk slave ls', 'gsdk slave ls 846 --json > slaves.json'],
  description:
    'A row for each parent that the gateway knows slaves of; for each that is named, also if it has none.\n' +
    'A gateway forgets slaves when it is restarted: what this prints is input of gsdk slave set -f FILE',
  output: shape,
  exitCodes: [3, 4, 5, 7, 8, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'IDs of parents, @file, or - for standard input; all unless given')
      .option('--fail-if-empty', 'end with 8 when there is none'),
  run: async ({ session }, words, { failIfEmpty }) => {
    const ids = words.length === 0 ? undefined : await readDeviceIDs(words, session);
    if (ids?.length === 0) return session.show(shape, () => ({ rows: [], exitCode: failIfEmpty ? 8 : 0 }));
    return session.ask(shape, async (gateway) => {
      if (ids) return slavesOf(gateway, ids);
      const rows = (await gateway.slaves()).map(slaveRow);
      return { rows, exitCode: failIfEmpty && rows.length === 0 ? 8 : 0 };
    });
  },
});

async function slavesOf(gateway: Gateway, ids: readonly number[]) {
  const slaves = new Map((await gateway.slaves()).map((entry) => [entry.deviceID, entry]));
  const managed = new Set((await gateway.devices()).map(({ deviceID }) => deviceID));
  const isKnown = (id: number) => slaves.has(id) || managed.has(id);
  const known = ids.filter(isKnown).sort((one, other) => one - other);
  return {
    rows: known.map((id) => slaveRow(slaves.get(id) ?? createEmptySlaves(id))),
    failure: combineFailures(ids.map((id) => (isKnown(id) ? undefined : notManagedFailure(id, gateway.target)))),
  };
}
