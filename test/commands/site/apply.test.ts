import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ConnectionMode } from '../../../src/gen/connect_pb.ts';
import { Type } from '../../../src/gen/device_pb.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const type = Type.BIOSTATION_3;
const gateway = await emulatedGateway({
  fleet: [
    { deviceID: 1, type, IPAddr: '10.0.0.1', rs485SlaveDeviceIDs: [7, 8] },
    { deviceID: 2, type, IPAddr: '10.0.0.2', connectionMode: ConnectionMode.DEVICE_TO_SERVER },
    { deviceID: 3, type, IPAddr: '10.0.0.3' },
    { deviceID: 4, type, IPAddr: '10.0.0.4', answers: false },
  ],
});
const { env } = gateway;
const gsdk = (argv: readonly string[], stdin = '') => run(argv, { env, stdin });
const site =
  'deviceID,name,connectionMode,IPAddr,rs485SlaveDeviceIDs\n1,Front,,10.0.0.1,7 8\n2,Back,device-to-server,,\n';
const apply = async (stdin: string, ...options: string[]) => {
  const { exitCode, stdout, stderr } = await gsdk(['apply', '-f', '-', '--json', ...options], stdin);
  return { exitCode, document: stdout === '' ? undefined : JSON.parse(stdout), stderr };
};

beforeEach(() => gateway.restartGateway(false));

test('a gateway that was restarted is made to look as the file says, slaves included, and says what was done', async () => {
  const { exitCode, document } = await apply(site, '--wait');
  expect(exitCode).toBe(0);
  expect(document).toMatchObject({
    changed: true,
    dryRun: false,
    summary: { requested: 2, ok: 2, changed: 2 },
    results: [
      { deviceID: 1, name: 'Front', actions: ['async-add', 'slave-add'], outcome: 'applied', status: 'TCP_CONNECTED' },
      { deviceID: 2, name: 'Back', actions: ['filter-add'], outcome: 'applied', status: 'TCP_CONNECTED' },
    ],
  });
  expect((await gsdk(['check', '-f', '-'], site)).exitCode).toBe(0);
});

test('the second time it changes nothing, and says so', async () => {
  await apply(site, '--wait');
  const before = gateway.journal.seq;
  const { exitCode, document } = await apply(site, '--wait');
  expect(exitCode).toBe(0);
  expect(document).toMatchObject({ changed: false, summary: { ok: 2, changed: 0 } });
  expect(document.results.map(({ actions }: { actions: string[] }) => actions)).toEqual([[], []]);
  expect(gateway.journal.seq).toBe(before);
});

test('a dry run changes nothing, and ends as the real run does', async () => {
  const before = gateway.journal.seq;
  const { exitCode, document } = await apply(site, '--wait', '--dry-run');
  expect(exitCode).toBe(0);
  expect(document).toMatchObject({ dryRun: true, summary: { ok: 2, changed: 2 } });
  expect(gateway.journal.seq).toBe(before);
});

test('a door that does not come up is told as such, and the others are as they should be', async () => {
  const { exitCode, document } = await apply(`${site}4,Dead,,10.0.0.4,\n`, '--wait', '--timeout', '500ms');
  expect(exitCode).toBe(7);
  expect(document.summary).toMatchObject({ requested: 3, ok: 2, failed: 1 });
  expect(document.results[2]).toMatchObject({
    ok: false,
    changed: true,
    outcome: 'applied',
    error: { class: 'TIMEOUT' },
  });
});

test('--prune removes what the file does not have, at last', async () => {
  await apply(site, '--wait');
  await gsdk(['async', 'add', '3@10.0.0.3', '--wait']);
  expect((await gsdk(['check', '-f', '-', '-o', 'ids'], site)).stdout).toBe('3\n');
  const { exitCode, document } = await apply(site, '--prune');
  expect(exitCode).toBe(0);
  expect(document.results.at(-1)).toMatchObject({ deviceID: 3, actions: ['async-rm'], ok: true, changed: true });
  expect((await gsdk(['check', '-f', '-'], site)).exitCode).toBe(0);
});

test('a file that is cut does not empty a gateway', async () => {
  await apply(site, '--wait');
  await gsdk(['async', 'add', '3@10.0.0.3', '--wait']);
  const before = gateway.journal.seq;
  const { exitCode, document, stderr } = await apply('deviceID,IPAddr\n1,10.0.0.1\n', '--prune');
  expect({ exitCode, document }).toEqual({ exitCode: 9, document: undefined });
  expect(stderr).toContain('--prune would remove 2 of 3 devices; nothing was sent');
  expect(gateway.journal.seq).toBe(before);
});

test('the journal tells what was begun and done; the same run is resumed, another one is not', async () => {
  const journal = join(temporaryFolder(), 'apply.ndjson');
  const lines = () =>
    readFileSync(journal, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  await apply(site, '--wait', '--journal', journal);
  expect(lines().map(({ event, action }) => [event, action])).toEqual([
    ['begun', undefined],
    ...['filter-add', 'async-add', 'slave-add'].flatMap((action) => [
      ['doing', action],
      ['done', action],
    ]),
    ['ended', undefined],
  ]);
  expect((await apply(site, '--journal', journal, '--resume')).exitCode).toBe(0);
});

test.each([
  [['--resume'], '--resume without --journal'],
  [['--max-prune', '3'], '--max-prune without --prune'],
  [['--timeout', '3s'], '--timeout without --wait'],
  [['--max-prune', 'x', '--prune'], '--max-prune: expected a number'],
  [['--journal', '/nowhere/journal'], 'cannot write the journal /nowhere/journal (ENOENT)'],
])('%j is refused, and nothing is sent', async (options, message) => {
  const before = gateway.journal.seq;
  const { exitCode, document, stderr } = await apply(site, ...options);
  expect({ exitCode, document }).toEqual({ exitCode: 2, document: undefined });
  expect(JSON.parse(stderr).error.message).toContain(message);
  expect(gateway.journal.seq).toBe(before);
});

test('an empty file is refused, with and without --prune', async () => {
  for (const options of [[], ['--prune']]) expect((await apply('', ...options)).exitCode).toBe(2);
});
