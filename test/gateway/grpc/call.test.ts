import { Code } from '@connectrpc/connect';
import { describe, expect, test } from 'vitest';
import { type CallLimits, type CompletedCall, createCaller } from '../../../src/gateway/grpc/call.ts';
import { answered, interruptedSignal, madeUp } from '../../support/faults.ts';
import { testConnection } from '../../support/gateway-transport.ts';

const { endpoint } = testConnection();
const limitsOf = async (timeoutMs: number, kind = {}) => {
  const connection = testConnection({ endpoint: { ...endpoint, timeoutMs } });
  return createCaller(connection)('GetDeviceList', async (limits: CallLimits) => limits, kind);
};

describe('a call', () => {
  test('resolves to what was answered', async () => {
    expect(await createCaller(testConnection())('Connect', async () => 846)).toBe(846);
  });

  test.each([
    ['that of the endpoint', 1234, {}, 1234],
    ['its own, if it has one', 1234, { timeoutMs: 99 }, 99],
    ['no more than eight digits, all that gRPC can tell', 172_800_000, {}, 99_999_999],
    ['none, which is zero to the client library', Number.POSITIVE_INFINITY, {}, 0],
  ])('has a limit: %s', async (_what, timeoutMs, kind, expected) => {
    expect((await limitsOf(timeoutMs, kind)).timeoutMs).toBe(expected);
  });

  test('has the signal of the run', async () => {
    const connection = testConnection();
    expect(await createCaller(connection)('Connect', async ({ signal }) => signal)).toBe(connection.signal);
  });

  test('never fails with anything but the one error class', async () => {
    const failing = (error: unknown) => createCaller(testConnection())('Connect', () => Promise.reject(error));
    for (const error of [new Error('odd'), 'text', undefined, answered(Code.Internal)]) {
      await expect(failing(error)).rejects.toHaveProperty('failure.class', 'INTERNAL');
    }
    await expect(failing(madeUp(Code.Internal))).rejects.toHaveProperty('failure.class', 'UNREACHABLE');
  });

  test('tells what ran out of time, and how long it had', async () => {
    const late = () => Promise.reject(madeUp(Code.DeadlineExceeded));
    await expect(createCaller(testConnection())('SearchDevice', late, { timeoutMs: 6500 })).rejects.toThrow(
      'no answer from gw1:4000 to SearchDevice within 6500ms',
    );
  });

  test('that was interrupted is not a failure of the gateway', async () => {
    const { signal } = interruptedSignal();
    const call = createCaller(testConnection({ signal }))('Connect', () => Promise.reject(madeUp(Code.Canceled)), {
      isWrite: true,
    });
    await expect(call).rejects.toMatchObject({ exitCode: 130, failure: { outcome: 'unknown' } });
  });
});

test('whoever wants to know is told of each call, with the class of its failure', async () => {
  const ended: CompletedCall[] = [];
  const ask = createCaller(testConnection({ onCall: (call) => ended.push(call) }));
  await ask('GetDeviceList', async () => {});
  await ask('Connect', () => Promise.reject(answered(Code.Unavailable))).catch(() => {});
  expect(ended).toEqual([
    { rpc: 'GetDeviceList', elapsedMs: expect.any(Number), failure: undefined },
    { rpc: 'Connect', elapsedMs: expect.any(Number), failure: 'UNREACHABLE' },
  ]);
  for (const { elapsedMs } of ended) expect(elapsedMs).toBeGreaterThanOrEqual(0);
});

describe('a call whose connection was lost', () => {
  /** A call that fails like this at first, and is answered the next time. */
  const flaky = () => {
    let calls = 0;
    const call = async () => {
      calls++;
      if (calls === 1) throw madeUp(Code.Canceled);
      return 'answer';
    };
    return { call, count: () => calls };
  };

  test('is made once more if it is a read', async () => {
    const { call, count } = flaky();
    expect(await createCaller(testConnection())('GetDeviceList', call)).toBe('answer');
    expect(count()).toBe(2);
  });

  test('is not made again if it is a write: it may have happened', async () => {
    const { call, count } = flaky();
    const asked = createCaller(testConnection())('Connect', call, { isWrite: true });
    await expect(asked).rejects.toMatchObject({ failure: { class: 'UNREACHABLE', outcome: 'unknown' } });
    expect(count()).toBe(1);
  });

  test('is not made again if it is a stream: what was missed meanwhile would not be told', async () => {
    const { call, count } = flaky();
    const asked = createCaller(testConnection())('SubscribeStatus', call, { isStream: true });
    await expect(asked).rejects.toHaveProperty('exitCode', 5);
    expect(count()).toBe(1);
  });

  test('is not made again on another connection where a stream depends on this one', async () => {
    const { call, count } = flaky();
    const connection = testConnection({ endpoint: { ...endpoint, dialsOnce: true } });
    await expect(createCaller(connection)('GetDeviceList', call)).rejects.toHaveProperty('exitCode', 5);
    expect(count()).toBe(1);
  });

  test('that fails again fails as it did at first, and is not made a third time', async () => {
    let calls = 0;
    const call = () => Promise.reject(calls++ === 0 ? madeUp(Code.Canceled) : answered(Code.Internal));
    await expect(createCaller(testConnection())('GetDeviceList', call)).rejects.toHaveProperty('exitCode', 5);
    expect(calls).toBe(2);
  });
});
