import { existsSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockFile } from '../../src/gateway/operations/filter-lock.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { errorOf } from '../support/failure.ts';
import { foreignGateway, silence } from '../support/foreign-gateway.ts';
import { gsdk, shell } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TMPDIR = temporaryFolder();
vi.stubEnv('TMPDIR', TMPDIR);
const emulator = await emulatedGateway({ fleet: [] });
const env = { ...emulator.env, TMPDIR };

/** A gateway whose writes of the filter can be made to fail, or to be overwritten. */
const closed = { allowAll: false, deviceIDs: [1], IPAddrs: [], subnetMasks: [] };
let filter: object = closed;
const ordinarily = ({ filter: wanted }: Record<string, unknown>): unknown => {
  filter = wanted as object;
  return {};
};
let onWrite = ordinarily;
const foreign = await foreignGateway({
  answers: {
    GetAcceptFilter: () => ({ filter }),
    SetAcceptFilter: (request) => onWrite(request),
  },
});
const foreignEnv = { ...foreign.env, TMPDIR };
const lock = `${lockFile(foreign.address)}.lock`;
afterEach(() => {
  filter = closed;
  onWrite = ordinarily;
});

const shown = async (options: { env: Record<string, string> }) =>
  JSON.parse((await gsdk(['filter', 'show', '--json'], options)).stdout);

test('what show prints is what set takes', async () => {
  const script = `gsdk filter add 846 7 -q -o ids && saved="$(gsdk filter show --json)" &&
    gsdk filter disallow-all >&2 && echo "$saved" | gsdk filter set -f - --json`;
  const { exitCode, stdout } = await shell(script, { env });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout.slice(stdout.indexOf('{')))).toMatchObject({
    ...{ changed: true, results: [], before: { deviceIDs: [] }, after: { deviceIDs: [846, 7] } },
  });
});

describe('two commands at the same time', () => {
  beforeEach(async () => expect((await gsdk(['filter', 'disallow-all'], { env })).exitCode).toBe(0));

  test('twenty times over, both IDs are in the filter afterwards', async () => {
    const expected: number[] = [];
    for (let round = 1; round <= 20; round++) {
      const ids = [round * 10, round * 10 + 1];
      const ended = await Promise.all(ids.map((id) => gsdk(['filter', 'add', `${id}`, '-o', 'ids'], { env })));
      expect(ended.map(({ exitCode, stdout, stderr }) => [exitCode, stdout, stderr])).toEqual(
        ids.map((id) => [0, `${id}\n`, '']),
      );
      expected.push(...ids);
    }
    const { deviceIDs } = await shown({ env });
    expect(deviceIDs.toSorted((one: number, other: number) => one - other)).toEqual(expected);
  });
});

test('a filter that reads otherwise after it was written: exit 9, and the document tells what it reads', async () => {
  onWrite = () => {
    filter = { ...closed, deviceIDs: [1, 99] };
    return {};
  };
  const { exitCode, stdout, stderr } = await gsdk(['filter', 'add', '2', '--json'], { env: foreignEnv });
  expect(exitCode).toBe(9);
  expect(errorOf(stderr)).toMatchObject({ class: 'CONFLICT', outcome: 'unknown', hint: /gsdk filter show/ });
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ changed: true, results: [{ deviceID: 2, ok: false, outcome: 'unknown' }] },
    ...{ before: { deviceIDs: [1] }, after: { deviceIDs: [1, 99] } },
  });
});

describe('a process that is ended while it writes', () => {
  /** Starts a change that is not answered, and ends it once it has been sent. */
  async function ended(signal: NodeJS.Signals) {
    onWrite = silence;
    const arrival = foreign.nextCall('SetAcceptFilter');
    const child = gsdk(['filter', 'add', '2', '--json'], { env: foreignEnv });
    await arrival;
    expect(existsSync(lock)).toBe(true);
    child.kill(signal);
    const result = await child;
    onWrite = ordinarily;
    return result;
  }

  test('by an interruption takes its lock away, dies of the signal, and says that the outcome is unknown', async () => {
    const { signal, stdout, stderr } = await ended('SIGTERM');
    expect(signal).toBe('SIGTERM');
    expect(existsSync(lock)).toBe(false);
    expect(errorOf(stderr)).toMatchObject({ class: 'SIGNAL', outcome: 'unknown' });
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ changed: false, before: closed, after: null },
      results: [{ deviceID: 2, ok: false, outcome: 'unknown' }],
    });
  });

  test('by SIGKILL leaves a lock that is taken over once it is old', async () => {
    expect((await ended('SIGKILL')).signal).toBe('SIGKILL');
    expect(existsSync(lock)).toBe(true);
    const longAgo = new Date(Date.now() - 11_000);
    utimesSync(lock, longAgo, longAgo);
    const next = await gsdk(['filter', 'add', '3', '-o', 'ids'], { env: foreignEnv });
    expect(next).toMatchObject({ exitCode: 0, stdout: '3\n', stderr: '' });
    expect(existsSync(lock)).toBe(false);
  });
});
