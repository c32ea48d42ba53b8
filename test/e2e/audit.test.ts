import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foreignGateway, silence } from '../support/foreign-gateway.ts';
import { gsdk } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const device = { deviceID: 9, type: 9, IPAddr: '10.0.0.9', isConnected: true };
const silent = await foreignGateway({ devices: [device], answers: { Disconnect: silence } });
const gateway = await foreignGateway();
const folder = temporaryFolder();
const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test.each([
  ['SIGKILL', undefined],
  ['SIGTERM', 143],
] as const)('a write that is interrupted by %s is on record', async (signal, exitCode) => {
  const file = join(folder, `${signal}.ndjson`);
  const called = silent.nextCall('Disconnect');
  const running = gsdk(['disconnect', '9', '--audit-file', file], silent);
  await called;
  const begin = { event: 'begin', argv: ['disconnect', '9', '--audit-file', file], devices: [9] };
  expect(linesOf(file)).toMatchObject([begin]);
  running.kill(signal);
  await running;
  const end = { event: 'end', exitCode, outcome: 'unknown' };
  expect(linesOf(file)).toMatchObject(exitCode === undefined ? [begin] : [begin, end]);
});

test('many at the same time each write their lines whole', async () => {
  const file = join(folder, 'many.ndjson');
  const runs = Array.from({ length: 12 }, (_, index) =>
    gsdk(['rpc', 'Connect.Disconnect', '-d', `{"deviceIDs":[${index + 1}]}`, '--audit-file', file], gateway),
  );
  await Promise.all(runs);
  const lines = linesOf(file);
  expect(lines).toHaveLength(24);
  for (const { pid, began, devices } of lines.filter(({ event }) => event === 'begin')) {
    const ends = lines.filter((line) => line.event === 'end' && line.pid === pid && line.began === began);
    expect(ends).toMatchObject([{ devices }]);
  }
});
