import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type HandlerOptions, Handlers } from '../../../src/commands/watch/handlers.ts';
import { toRow } from '../../../src/commands/watch/rows.ts';
import type { QueuedEvent } from '../../../src/gateway/subscription/event-queue.ts';
import { change, lost, resumed, snapshot, synced } from '../../support/subscription-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const atMs = Date.UTC(2026, 10, 22, 9, 0, 5);

/** Handlers that are a script of the shell, in which `$1` is a file of this test. */
function handlers(script: string, options: Partial<HandlerOptions> = {}) {
  const path = join(folder, String(expect.getState().currentTestName));
  const warnings: string[] = [];
  const failures: unknown[] = [];
  const killed: unknown[] = [];
  const subject = new Handlers({
    ...{ file: 'sh', args: ['-c', script, 'sh', path], env: { PATH: process.env.PATH } },
    ...{ kinds: new Set(['change']), parallel: 1, timeoutMs: Number.POSITIVE_INFINITY },
    toRow: (event) => toRow(event, { profile: null, gateway: 'gw1:4000' }),
    warn: (message) => warnings.push(message),
    failed: (error) => failures.push(error),
    kill: (pid, signal) => {
      killed.push([Math.sign(pid), signal]);
      return process.kill(pid, signal);
    },
    ...options,
  });
  const push = (...events: QueuedEvent[]) => {
    for (const event of events) subject.push({ ...event, atMs });
  };
  const written = () => readFileSync(path, 'utf8').trimEnd().split('\n');
  return { subject, push, path, written, warnings, failures, killed };
}

test('an event is JSON on standard input, and in the environment; empty where it has no such field', async () => {
  const variables = '"$GSDK_EVENT,$GSDK_TIME,$GSDK_DEVICE_ID,$GSDK_STATUS_FROM,$GSDK_STATUS_TO,$GSDK_EMPTIED"';
  const { subject, push, written } = handlers(`{ cat; echo ${variables}; } >> "$1"`, {
    kinds: new Set(['change', 'lost']),
  });
  push(change(7, null, 'DISCONNECTED', 1_700_000_000), lost(atMs));
  await subject.finish();
  const [told, toldVariables, , lostVariables] = written();
  expect(JSON.parse(String(told))).toMatchObject({ event: 'change', deviceID: 7, from: null, gateway: 'gw1:4000' });
  expect(toldVariables).toBe('change,2026-11-22T09:00:05.000Z,7,,DISCONNECTED,');
  expect(lostVariables).toBe('lost,2026-11-22T09:00:05.000Z,,,,');
});

test.each([true, false])('whether a gateway came back empty is in the environment: %s', async (emptied) => {
  const { subject, push, written } = handlers('echo "$GSDK_EVENT $GSDK_EMPTIED" >> "$1"', {
    kinds: new Set(['resumed']),
  });
  push({ event: 'resumed', gapMs: 5, attempt: 1, managedBefore: 3, managedAfter: emptied ? 0 : 3, emptied });
  await subject.finish();
  expect(written()).toEqual([`resumed ${emptied}`]);
});

test('it is run for events of its kinds alone', async () => {
  const { subject, push, path } = handlers('echo "$GSDK_EVENT" >> "$1"', { kinds: new Set(['down']) });
  push(snapshot(1, 'DISCONNECTED'), synced, change(1, null, 'TCP_CONNECTED'));
  await subject.finish();
  expect(existsSync(path)).toBe(false);
});

test('those of two devices run at once, those of one and those of none in turn', async () => {
  // Opening a named pipe waits for the other side: each of the two can only end while the other one runs.
  const script =
    'case "$GSDK_DEVICE_ID$GSDK_STATUS_TO" in 1DISCONNECTED) : > "$1.pipe";; 2DISCONNECTED) : < "$1.pipe";; esac;' +
    'echo "$GSDK_EVENT $GSDK_DEVICE_ID $GSDK_STATUS_TO" >> "$1"';
  const kinds = new Set(['change', 'lost', 'resumed']);
  const { subject, push, path, written } = handlers(script, { parallel: 3, kinds });
  execFileSync('sh', ['-c', 'mkfifo "$0"', `${path}.pipe`]);
  push(change(1, null, 'DISCONNECTED'), change(1, null, 'TCP_CONNECTED'), lost(), resumed);
  push(change(2, null, 'DISCONNECTED'));
  await subject.finish();
  const lines = written();
  expect(lines.filter((line) => line.startsWith('change 1'))).toEqual([
    'change 1 DISCONNECTED',
    'change 1 TCP_CONNECTED',
  ]);
  expect(lines.map((line) => line.trim()).filter((line) => !line.startsWith('change'))).toEqual(['lost', 'resumed']);
  expect(lines).toHaveLength(5);
});

test('each that fails is told, and counted in the end', async () => {
  const { subject, push, warnings } = handlers('exit "$GSDK_DEVICE_ID"');
  push(change(3, null, 'DISCONNECTED'), change(0, null, 'DISCONNECTED'));
  await expect(subject.finish()).rejects.toMatchObject({ exitCode: 125, message: '1 of 2 handlers failed' });
  expect(warnings).toEqual(['the handler for change of 3 ended with 3']);
});

test('one that cannot be run at all ends them: it is told once, and no other is tried', async () => {
  const { subject, push, failures, warnings } = handlers('', { file: '/no/such/command', args: [] });
  push(change(1, null, 'DISCONNECTED'), change(2, null, 'DISCONNECTED'), change(1, null, 'TCP_CONNECTED'));
  await expect(subject.finish()).rejects.toMatchObject({ exitCode: 127 });
  expect(failures).toMatchObject([{ exitCode: 127, message: 'cannot run "/no/such/command": ENOENT' }]);
  expect(warnings).toEqual([]);
});

test('one that takes too long is ended with its group, and told', async () => {
  const { subject, push, warnings, killed } = handlers('exec sleep 1000', { timeoutMs: 100 });
  push(change(1, null, 'DISCONNECTED'));
  await expect(subject.finish()).rejects.toMatchObject({ exitCode: 125 });
  expect(warnings).toEqual(['the handler for change of 1 was ended after 100 ms']);
  expect(killed).toEqual([[-1, 'SIGKILL']]);
});

test('when it is cancelled, those that run are ended and those that wait never start', async () => {
  const { subject, push, path, written, killed, warnings } = handlers('echo started >> "$1"; exec sleep 1000');
  push(change(1, null, 'DISCONNECTED'), change(2, null, 'DISCONNECTED'));
  await expect.poll(() => existsSync(path) && written(), { timeout: 10_000 }).toEqual(['started']);
  await subject.cancel();
  push(change(3, null, 'DISCONNECTED'));
  await subject.finish();
  expect(written()).toEqual(['started']);
  expect(killed).toEqual([[-1, 'SIGKILL']]);
  expect(warnings).toEqual([]);
});
