import { describe, expect, test } from 'vitest';
import { manualClock, manualStartMs, scaledClock } from '../../../src/emulator/index.ts';
import { controlled } from '../support/controlled.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const manual = () => ({ clock: manualClock(manualStartMs) });

test('a manual clock starts where it always does, and stands still', async () => {
  const { ask } = await controlled(manual());
  const { clock } = await ask('GetClock');
  expect(clock).toEqual({ time: '2026-01-01T00:00:00Z', manual: true });
  expect(await ask('GetClock')).toEqual({ clock });
});

describe('a step of a manual clock', () => {
  test('has done what fell due when it is answered', async () => {
    const { ask, client } = await controlled(manual());
    await client.addAsync(door);
    expect(await client.devices()).toMatchObject([{ status: 0 }]);
    expect(await ask('AdvanceClock', { by: '0.005s' })).toEqual({
      clock: { time: '2026-01-01T00:00:00.005Z', manual: true },
      sinceSeq: 2,
    });
    expect(await client.devices()).toMatchObject([{ status: 1 }]);
  });

  test('lets a port be open again that was to come back meanwhile', async () => {
    const { ask, client } = await controlled(manual());
    await ask('Perform', { step: { do: 'crash', down: '20s' } });
    await expect(client.devices()).rejects.toMatchObject({ code: 14 });
    await ask('AdvanceClock', { by: '20s' });
    await expect.poll(() => client.devices().catch(() => undefined)).toEqual([]);
  });

  test.each([[{ by: '-1s' }], [{}], [{ by: 'soon' }]])('of %j is refused', async (body) => {
    const { call, clock } = await controlled(manual());
    expect(await call('AdvanceClock', body)).toMatchObject({ status: 400, body: { code: 'invalid_argument' } });
    expect(clock.now()).toBe(1_700_000_000_500);
  });
});

test('a manual clock has no speed', async () => {
  const { call } = await controlled(manual());
  expect(await call('ScaleClock', { factor: 2 })).toMatchObject({ body: { code: 'failed_precondition' } });
});

test('a clock that runs by itself changes its speed, and is not moved', async () => {
  const clock = scaledClock(20);
  const { ask, call } = await controlled({ clock });
  expect((await ask('GetClock')).clock).toMatchObject({ factor: 20 });
  const before = clock.now();
  expect((await ask('ScaleClock', { factor: 0.001 })).clock).toMatchObject({ factor: 0.001 });
  expect(clock.now() - before).toBeLessThan(60_000);
  expect(await call('AdvanceClock', { by: '1s' })).toMatchObject({ body: { code: 'failed_precondition' } });
  expect(await call('ScaleClock', { factor: 0 })).toMatchObject({ body: { code: 'invalid_argument' } });
  expect(clock.factor).toBe(0.001);
});
