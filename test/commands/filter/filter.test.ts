import { beforeEach, describe, expect, test } from 'vitest';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';

// Nobody here dials in: what a change does to those who do is looked at in lockout.test.ts.
const { env } = await emulatedGateway({ fleet: [] });
const gsdk = (line: string, stdin = '') => run(line.split(' '), { env, stdin });

async function document(line: string, stdin = '') {
  const { exitCode, stdout, stderr } = await gsdk(`${line} --json`, stdin);
  return { exitCode, ...(stdout ? JSON.parse(stdout) : {}), error: stderr ? JSON.parse(stderr).error : undefined };
}
const lists = (deviceIDs: number[], allowAll = false) => ({ allowAll, deviceIDs, IPAddrs: [], subnetMasks: [] });
const show = async () => JSON.parse((await gsdk('filter show --json')).stdout);
const setTo = (deviceIDs: number[], allowAll = false) =>
  gsdk('filter set -f - --max-lockout 9', JSON.stringify(lists(deviceIDs, allowAll)));

beforeEach(async () => expect((await setTo([])).exitCode).toBe(0));

test('show prints an object, and a table for people', async () => {
  await setTo([9, 846]);
  expect(await show()).toEqual(lists([9, 846]));
  expect((await gsdk('filter show')).stdout).toMatch(/^ALLOW ALL +DEVICE IDS\nfalse +9 846\n$/);
});

test('add has a result for each ID, the filter before and after, and changes nothing the second time', async () => {
  const first = await document('filter add 9 846');
  expect(first).toMatchObject({ exitCode: 0, changed: true, before: lists([]), after: lists([9, 846]) });
  expect(first.results).toMatchObject([
    { deviceID: 9, ok: true, changed: true, outcome: 'applied', status: null, error: null },
    { deviceID: 846, ok: true, changed: true },
  ]);
  const again = await document('filter add 846 10');
  expect(again).toMatchObject({ changed: true, summary: { requested: 2, ok: 2, changed: 1 } });
  expect(await document('filter add 9')).toMatchObject({ exitCode: 0, changed: false, before: again.after });
});

test('rm takes out what is listed; what is not is 3, 7 beside others, or 0 where that is asked for', async () => {
  await setTo([9, 10, 846]);
  expect(await document('filter rm 9')).toMatchObject({ exitCode: 0, changed: true, after: lists([10, 846]) });
  expect(await document('filter rm 9')).toMatchObject({
    ...{ exitCode: 3, changed: false, results: [{ ok: false, outcome: 'not-applied' }] },
    error: { class: 'NOT_FOUND', message: '9 is not in the filter' },
  });
  expect(await document('filter rm 9 10')).toMatchObject({ exitCode: 7, after: lists([846]) });
  expect(await document('filter rm 9 --if-exists')).toMatchObject({
    exitCode: 0,
    results: [{ ok: true, changed: false }],
  });
});

test('text tells the filter before and after in a line each', async () => {
  expect((await gsdk('filter add 9')).stdout).toBe(
    'before: accepts the listed devices; listed: none\nafter:  accepts the listed devices; listed: 9\n',
  );
  expect((await gsdk('filter allow-all')).stdout).toMatch(/\nafter: {2}accepts everybody; listed: 9\n$/);
});

test('allow-all keeps the list, listed-only goes back to it, disallow-all empties it', async () => {
  await setTo([9]);
  expect(await document('filter allow-all')).toMatchObject({ exitCode: 0, results: [], after: lists([9], true) });
  expect(await document('filter listed-only')).toMatchObject({ exitCode: 0, after: lists([9]) });
  expect(await document('filter disallow-all')).toMatchObject({ exitCode: 0, before: lists([9]), after: lists([]) });
});

describe('an open filter', () => {
  beforeEach(() => setTo([9], true));

  test.each(['add 846', 'rm 9'])('refuses %s: 9, and nothing is sent', async (verb) => {
    expect(await document(`filter ${verb}`)).toMatchObject({ exitCode: 9, error: { class: 'CONFLICT' } });
    expect(await show()).toEqual(lists([9], true));
  });

  test('is closed with it where that is said', async () => {
    expect(await document('filter add 846 --listed-only')).toMatchObject({ exitCode: 0, after: lists([9, 846]) });
    await setTo([9], true);
    expect(await document('filter rm 9 --listed-only')).toMatchObject({ exitCode: 0, after: lists([]) });
  });
});

test.each([
  ['add 9', []],
  ['rm 846', [846]],
  ['allow-all', [846]],
  ['disallow-all', [846]],
])('%s --dry-run is the same document, and leaves the filter alone', async (verb, before) => {
  await setTo(before);
  const dry = await document(`filter ${verb} --dry-run`);
  expect(dry).toMatchObject({ exitCode: 0, changed: false, dryRun: true });
  expect(await show()).toEqual(lists(before));
  const real = await document(`filter ${verb}`);
  expect(real).toMatchObject({ changed: true, dryRun: false, before: dry.before, after: dry.after });
});

test('add --only leaves out whoever is not on the list', async () => {
  await setTo([9]);
  const { exitCode, results, after } = await document('filter add 846 7 --only 846');
  expect({ exitCode, after }).toEqual({ exitCode: 0, after: lists([9, 846]) });
  expect(results).toMatchObject([
    { deviceID: 846, ok: true, outcome: 'applied' },
    { deviceID: 7, ok: false, outcome: 'skipped' },
  ]);
});

test('add --holds leaves out doors that are held', async () => {
  const { exitCode, results, after } = await document('filter add 846 903 --holds test/support/holds.json');
  expect({ exitCode, after }).toEqual({ exitCode: 0, after: lists([846]) });
  expect(results).toMatchObject([
    { deviceID: 846, outcome: 'applied' },
    { deviceID: 903, ok: false, outcome: 'skipped' },
  ]);
});

test('check answers by its code, and by an object', async () => {
  await setTo([846]);
  expect(await gsdk('filter check 846')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  expect(await gsdk('filter check 9')).toMatchObject({ exitCode: 8, stdout: '', stderr: '' });
  expect(await gsdk('filter check 846 -o ids')).toMatchObject({ exitCode: 0, stdout: '846\n' });
  expect(await gsdk('filter check 9 -o ids')).toMatchObject({ exitCode: 8, stdout: '' });
  await setTo([], true);
  const { exitCode, error: _, ...answer } = await document('filter check 9');
  expect({ exitCode, answer }).toEqual({
    exitCode: 0,
    answer: { deviceID: 9, accepted: true, listed: false, allowAll: true },
  });
});
