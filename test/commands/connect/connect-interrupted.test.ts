import { describe, expect, test } from 'vitest';
import { connectDevices } from '../../../src/commands/connect/connect.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import { fakeGateway } from '../../support/fake-gateway.ts';
import { interruptedSignal } from '../../support/faults.ts';

const at = (id: number, deviceID?: number) => ({
  IPAddr: `10.0.0.${id}`,
  port: 51_211,
  ...(deviceID !== undefined && { deviceID }),
});

describe('an interruption', () => {
  test('skips what has not begun', async () => {
    const { gateway, connects } = fakeGateway();
    const { results } = await connectDevices(gateway, [at(1), at(2, 2)], false, interruptedSignal().signal);
    expect(connects).toEqual([]);
    expect(results).toMatchObject([
      { deviceID: null, ok: false, outcome: 'skipped', failure: { class: 'SIGNAL', exitCode: 130 } },
      { deviceID: 2, ok: false, outcome: 'skipped' },
    ]);
  });

  test('in the middle leaves what was under way unknown, and skips the rest', async () => {
    const controller = new AbortController();
    const { reason } = interruptedSignal();
    const { gateway } = fakeGateway([], {
      connect: async () => {
        controller.abort(reason);
        throw new GsdkError({ ...reason.failure, outcome: 'unknown' });
      },
    });
    const addresses = Array.from({ length: 20 }, (_, index) => at(index + 1));
    const { results } = await connectDevices(gateway, addresses, false, controller.signal);
    expect(results[0]).toMatchObject({ outcome: 'unknown' });
    expect(results.at(-1)).toMatchObject({ outcome: 'skipped' });
    expect(results).toHaveLength(20);
  });
});
