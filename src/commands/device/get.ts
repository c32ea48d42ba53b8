import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { combineFailures, notManagedFailure } from '../../errors/combine-failures.ts';
import { deviceRow, deviceShape } from './shape.ts';

/** `gsdk device get` */
export const deviceGet = defineCommand({
  summary: 'Show managed devices by ID',
  examples: ['gsdk device get 846', 'gsdk device get @doors.txt -o json | jq -r ".[].status"'],
  output: deviceShape,
  exitCodes: [3, 4, 5, 7, 8, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'device IDs, @file, or - for standard input')
      .option('--fail-if-empty', 'end with 8 when the list of IDs is empty'),
  run: async ({ session }, words, { failIfEmpty }) => {
    const ids = await readDeviceIDs(words, session);
    if (ids.length === 0) return session.show(deviceShape, () => ({ rows: [], exitCode: failIfEmpty ? 8 : 0 }));
    return session.ask(deviceShape, async (gateway) => {
      const wanted = new Set(ids);
      const found = (await gateway.devices()).filter(({ deviceID }) => wanted.has(deviceID));
      const known = new Set(found.map(({ deviceID }) => deviceID));
      const failures = ids.map((id) => (known.has(id) ? undefined : notManagedFailure(id, gateway.target)));
      return { rows: found.map(deviceRow), failure: combineFailures(failures) };
    });
  },
});
