import { expect, test } from 'vitest';
import { CallLog } from '../../../src/emulator/calls/call-log.ts';
import { manualClock } from '../../../src/emulator/index.ts';

const call = { service: 'gsdk.connect.Connect', method: 'Connect', request: {} };

test('a call stands where it came, whenever it ends', () => {
  const clock = manualClock(1_000.7);
  const log = new CallLog(clock, 10);
  const endFirst = log.begin(call);
  clock.advance(5);
  log.begin({ ...call, method: 'Disconnect' })('NOT_FOUND');
  expect(log.entries).toEqual([
    { ...call, seq: 1, time: 1_000, code: undefined },
    { ...call, seq: 2, time: 1_005, method: 'Disconnect', code: 'NOT_FOUND' },
  ]);
  endFirst('OK');
  expect(log.entries[0]).toMatchObject({ seq: 1, code: 'OK' });
});

test('the newest are kept, up to twice the bound', () => {
  const log = new CallLog(manualClock(0), 10);
  for (let count = 0; count < 1_000; count++) {
    log.begin(call);
    expect(log.entries.length).toBeLessThanOrEqual(20);
    expect(log.entries.length).toBeGreaterThanOrEqual(Math.min(count + 1, 10));
  }
  expect(log.entries.at(-1)?.seq).toBe(1_000);
});

test('cleared, it counts anew; a call of before ends unheard', () => {
  const log = new CallLog(manualClock(0), 10);
  const end = log.begin(call);
  log.clear();
  log.begin(call);
  end('OK');
  expect(log.entries).toEqual([expect.objectContaining({ seq: 1, code: undefined })]);
});
