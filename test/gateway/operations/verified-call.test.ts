import { expect, test } from 'vitest';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import { callAndVerify, indexByDeviceID, maxBatchSize } from '../../../src/gateway/operations/verified-call.ts';
import { down, fakeGateway, inTurn, managed } from '../../support/fake-gateway.ts';

const lost = new GsdkError({ class: 'UNREACHABLE', message: 'lost', stage: 'transport', outcome: 'unknown' });
const many = Array.from({ length: 250 }, (_, index) => index + 1);

/** Something to do to devices that keeps what it was asked for, and fails where a batch has this device. */
function deed(failsWith?: { deviceID: number; error: unknown }) {
  const batches: (readonly number[])[] = [];
  const act = async (batch: readonly number[]) => {
    batches.push(batch);
    if (failsWith && batch.includes(failsWith.deviceID)) throw failsWith.error;
  };
  return { batches, act };
}

test('all devices come once and in order, a hundred in a batch, and then there is one look', async () => {
  const devices = [managed(1), down(2)];
  let looks = 0;
  const { gateway } = fakeGateway([], {
    devices: async () => {
      looks++;
      return devices;
    },
  });
  const { batches, act } = deed();
  const look = await callAndVerify(gateway, many, act);
  expect(maxBatchSize).toBe(100);
  expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(batches.flat()).toEqual(many);
  expect(looks).toBe(1);
  expect(look).toEqual({ failures: new Map(), after: indexByDeviceID(devices), unseen: undefined });
});

test('a call that no trailer limits may have another size', async () => {
  const { batches, act } = deed();
  await callAndVerify(fakeGateway().gateway, many, act, 1000);
  expect(batches).toEqual([many]);
});

test('for nobody nothing is called, and the list is looked at all the same', async () => {
  const { batches, act } = deed();
  expect((await callAndVerify(fakeGateway([managed(1)]).gateway, [], act)).after?.size).toBe(1);
  expect(batches).toEqual([]);
});

test('the failure of a batch is that of each device in it, and the other batches are tried', async () => {
  const { batches, act } = deed({ deviceID: 101, error: lost });
  const { failures } = await callAndVerify(fakeGateway().gateway, many, act);
  expect(batches).toHaveLength(3);
  expect([...failures.keys()]).toEqual(many.slice(100, 200));
  expect(new Set(failures.values())).toEqual(new Set([lost.failure]));
});

test('what is no error of ours becomes one: a bug', async () => {
  const { act } = deed({ deviceID: 1, error: new TypeError('x is not a function') });
  const { failures } = await callAndVerify(fakeGateway().gateway, [1], act);
  expect(failures.get(1)).toMatchObject({ class: 'INTERNAL', message: 'TypeError: x is not a function' });
});

test('a look that fails is told, and takes nothing from the failures', async () => {
  const { act } = deed({ deviceID: 1, error: lost });
  const { gateway } = fakeGateway([], { devices: inTurn<never>(lost) });
  const look = await callAndVerify(gateway, [1], act);
  expect(look).toEqual({ failures: new Map([[1, lost.failure]]), after: undefined, unseen: lost });
});

test('nothing more is sent once it was interrupted: the rest is skipped', async () => {
  const interrupted = new GsdkError({
    class: 'SIGNAL',
    exitCode: 130,
    message: 'interrupted',
    stage: 'cli',
    outcome: 'unknown',
  });
  const sent: number[] = [];
  const act = async (batch: readonly number[]) => {
    sent.push(...batch);
    if (batch.includes(2)) throw interrupted;
  };
  const { failures } = await callAndVerify(fakeGateway().gateway, [1, 2, 3, 4], act, 1);
  expect(sent).toEqual([1, 2]);
  expect([...failures].map(([id, { outcome }]) => [id, outcome])).toEqual([
    [2, 'unknown'],
    [3, 'skipped'],
    [4, 'skipped'],
  ]);
});
