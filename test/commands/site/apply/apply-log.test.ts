import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openJournal } from '../../../../src/commands/site/apply/apply-log.ts';
import { door } from '../../../support/site.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let path: string;
beforeEach(() => {
  path = join(temporaryFolder(), 'apply.ndjson');
});
const run = { gateway: 'gw1:4000', site: [door(1)] };
const lines = () =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a journal is new, for its owner alone, and each line bears its time', () => {
  openJournal(path, run, false).note({ event: 'ended' });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(lines()).toEqual([
    {
      time: expect.stringMatching(/Z$/),
      event: 'begun',
      gateway: 'gw1:4000',
      site: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
    { time: expect.stringMatching(/Z$/), event: 'ended' },
  ]);
});

test('a run that ended is followed by the next one', () => {
  openJournal(path, run, false).note({ event: 'ended' });
  openJournal(path, { ...run, site: [door(2)] }, false);
  expect(lines().map(({ event }) => event)).toEqual(['begun', 'ended', 'begun']);
});

test('a run that did not end is resumed if that is said, and not forgotten otherwise', () => {
  openJournal(path, run, false);
  expect(() => openJournal(path, run, false)).toThrow(/did not come to its end/);
  openJournal(path, run, true).note({ event: 'ended' });
  expect(lines().map(({ event }) => event)).toEqual(['begun', 'resumed', 'ended']);
  openJournal(path, run, false);
});

test.each([
  ['another gateway', { ...run, gateway: 'gw2:4000' }],
  ['another site file', { ...run, site: [door(1, { port: 1 })] }],
])('a run is not resumed for %s', (_what, other) => {
  openJournal(path, run, false);
  expect(() => openJournal(path, other, true)).toThrow(/another gateway or site file/);
});

test('half a line, of a run that was killed while it wrote, is passed over', () => {
  openJournal(path, run, false);
  appendFileSync(path, '{"time":"2026-11-2');
  openJournal(path, run, true);
  openJournal(path, run, true);
});

test.each(['5\n6\n', '{"a":1}\n', 'null\n'])('what is JSON, and no journal, is a wrong file: %j', (text) => {
  writeFileSync(path, text);
  expect(() => openJournal(path, run, true)).toThrow(/is no journal/);
});

test.each(['/dev/zero', '/dev/full'])('a device is no journal: %s', (device) => {
  expect(() => openJournal(device, run, false)).toThrow(/no regular file/);
});

test('what is no journal, or cannot be read or written, is a wrong file', () => {
  writeFileSync(path, 'deviceID,IPAddr\n');
  expect(() => openJournal(path, run, false)).toThrow(/is no journal/);
  const folder = join(temporaryFolder(), 'folder');
  mkdirSync(folder);
  expect(() => openJournal(folder, run, false)).toThrow(/no regular file/);
  expect(() => openJournal(join(folder, 'no', 'where'), run, false)).toThrow(/cannot write the journal/);
});
