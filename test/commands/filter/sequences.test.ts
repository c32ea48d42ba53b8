import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { changeFilter } from '../../../src/commands/filter/change.ts';
import { acceptDevices } from '../../../src/commands/pending/accept.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { AcceptFilter, Gateway } from '../../../src/gateway/gateway.ts';
import {
  addToFilter,
  allowAll,
  disallowAll,
  type FilterChange,
  isAccepted,
  listedOnly,
  removeFromFilter,
} from '../../../src/gateway/operations/filter-change.ts';
import { alwaysAsync } from '../../support/always.ts';
import { acceptFilter, fakeGateway, managed } from '../../support/fake-gateway.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());

const everybody = [1, 2, 3, 4, 5, 6];
const ids = fc.uniqueArray(fc.constantFrom(...everybody), { minLength: 1, maxLength: 4 });
const closing = fc.boolean();

/** A command of the filter, as the user would say it. */
type FilterCommand = { name: string; run(gateway: Gateway): Promise<unknown> };
const command = (name: string, change: FilterChange): FilterCommand => ({
  name,
  run: (gateway) => changeFilter(gateway, change, {}),
});
const anyCommand: fc.Arbitrary<FilterCommand> = fc.oneof(
  fc.tuple(ids, closing).map(([named, only]) => command(`add ${named} ${only}`, addToFilter(named, only))),
  fc.tuple(ids, closing).map(([named, only]) => command(`rm ${named} ${only}`, removeFromFilter(named, only))),
  fc.constant(command('allow-all', allowAll)),
  fc.constant(command('listed-only', listedOnly([]))),
  fc.constant(command('disallow-all', disallowAll)),
  fc.tuple(ids, fc.boolean()).map(([named, open]) => command(`set ${named} ${open}`, () => acceptFilter(named, open))),
  ids.map((named) => ({
    name: `pending accept ${named}`,
    run: (gateway: Gateway) => acceptDevices(gateway, named, { isAllowList: false }),
  })),
);

/** A gateway where devices that are accepted dial in and stay, as real ones do. */
function site(filter: AcceptFilter) {
  const { gateway, list, filters } = fakeGateway([managed(1)], {
    pending: async () => {
      const accepted = await gateway.filter();
      const waiting = everybody.filter((id) => !isAccepted(accepted, id) && !list.has(id));
      return waiting.map((deviceID) => ({ deviceID, type: 'BIOSTATION_2', IPAddr: '10.0.0.9', lastTry: 1 }));
    },
  });
  const dial = async (deviceID: number) => {
    if (list.has(deviceID) || !isAccepted(await gateway.filter(), deviceID)) return;
    list.set(deviceID, managed(deviceID, { connectionMode: 'DEVICE_TO_SERVER', port: 0 }));
  };
  const dialledIn = () => [...list.values()].filter(({ connectionMode }) => connectionMode === 'DEVICE_TO_SERVER');
  return { gateway, filters, dial, dialledIn, open: () => gateway.setFilter(filter) };
}

const step = fc.record({ command: anyCommand, dials: fc.subarray(everybody) });
const run = fc.record({ filter: fc.tuple(ids, closing), steps: fc.array(step, { minLength: 1, maxLength: 12 }) });

test('no sequence of filter commands leaves a connected device that dialled in unaccepted', {
  timeout: 20_000,
}, async () => {
  let refusals = 0;
  await alwaysAsync(
    run,
    async ({ filter: [listed, open], steps }) => {
      const { gateway, filters, dial, dialledIn, open: start } = site(acceptFilter(listed, open));
      await start();
      for (const { command: one, dials } of steps) {
        const written = filters.length;
        const error = await one.run(gateway).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error instanceof GsdkError) {
          refusals++;
          expect(error.exitCode).toBe(9);
          expect(filters).toHaveLength(written);
        } else expect(error).toBeUndefined();
        const now = await gateway.filter();
        expect(dialledIn().filter(({ deviceID }) => !isAccepted(now, deviceID))).toEqual([]);
        for (const id of dials) await dial(id);
      }
    },
    150,
  );
  expect(refusals).toBeGreaterThan(100);
});
