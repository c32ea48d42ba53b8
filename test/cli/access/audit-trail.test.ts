import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AuditTrail } from '../../../src/cli/access/audit-trail.ts';
import { always } from '../../support/always.ts';
import { anyText, unprintablePoints } from '../../support/hostile.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const run = { argv: ['connect', '10.0.0.1'], pid: 7, profile: 'site1', gateway: 'gw1:4000' };
const end = { result: undefined, exitCode: 5, outcome: 'unknown' };
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('what is there already stays, in a file with its own rights', () => {
  const path = join(folder, 'old.log');
  writeFileSync(path, '{"event":"older"}\n', { mode: 0o640 });
  new AuditTrail(path, run).begin([1]);
  expect(linesOf(path)).toMatchObject([{ event: 'older' }, { event: 'begin', devices: [1], ...run }]);
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test('a write that comes to more devices begins once more, and all its lines tell when it began', () => {
  const path = join(folder, 'more.log');
  const trail = new AuditTrail(path, run);
  trail.begin([1]);
  trail.begin([1, 2]);
  trail.end(end);
  const lines = linesOf(path);
  expect(lines).toMatchObject([
    { devices: [1] },
    { devices: [1, 2] },
    { devices: [1, 2], exitCode: 5, outcome: 'unknown' },
  ]);
  expect(new Set(lines.map(({ began }) => began))).toEqual(new Set([lines[0]?.time]));
});

test('the results are what became of the devices; rows that tell no outcome are not', () => {
  const path = join(folder, 'results.log');
  const trail = new AuditTrail(path, run);
  trail.begin(['10.0.0.1:51211']);
  const row = { deviceID: 1, outcome: 'applied', changed: true, address: '10.0.0.1:51211', status: 'TCP_CONNECTED' };
  trail.end({ ...end, result: { rows: [row] } });
  trail.end({ ...end, result: { rows: [{ deviceErrors: [] }] } });
  expect(linesOf(path).map(({ devices }) => devices)).toEqual([
    ['10.0.0.1:51211'],
    [{ deviceID: 1, address: '10.0.0.1:51211', outcome: 'applied', changed: true }],
    ['10.0.0.1:51211'],
  ]);
});

test('a command line cannot break a line, nor steer the terminal of who reads it', () => {
  const path = join(folder, 'hostile.log');
  always(fc.array(anyText), (words) => {
    writeFileSync(path, '');
    const argv = ['rpc', ...words, '\n{"event":"forged"}\n'];
    new AuditTrail(path, { ...run, argv }).begin([]);
    const [line = '', ...others] = readFileSync(path, 'utf8').split('\n');
    expect(others).toEqual(['']);
    expect(unprintablePoints(line)).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ event: 'begin', argv });
  });
});
