import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OutagesFile, readOutages } from '../../../src/commands/watch/outages-file.ts';
import { DownTracker } from '../../../src/gateway/subscription/down-tracker.ts';
import { change, snapshot, synced } from '../../support/subscription-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const time = { now: () => 1_700_000_000_000, after: () => () => {}, random: () => 0 };
const tracker = () => new DownTracker({ time, downForMs: 1000, tell: () => {} });

test('what is saved is what the next run reads, and only its owner can', () => {
  const path = join(folder, 'outages.json');
  const subject = tracker();
  const file = new OutagesFile(path, subject);
  expect(readOutages(path)).toEqual([]);
  for (const event of [snapshot(846, 'DISCONNECTED'), snapshot(7, 'TCP_CONNECTED'), synced]) subject.told(event);
  file.save();
  expect(readOutages(path)).toEqual([{ deviceID: 846, downSinceMs: 1_700_000_000_000, isTold: false }]);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    outages: [{ deviceID: 846, downSince: '2023-11-14T22:13:20.000Z', isTold: false }],
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('nothing is written where nothing is new', () => {
  const path = join(folder, 'quiet.json');
  const subject = tracker();
  const file = new OutagesFile(path, subject);
  writeFileSync(path, 'by somebody else');
  file.save();
  expect(readFileSync(path, 'utf8')).toBe('by somebody else');
  subject.told(change(846, null, 'DISCONNECTED'));
  file.save();
  expect(readOutages(path)).toHaveLength(1);
});

test('a file that does not exist yet is one without outages', () => {
  expect(readOutages(join(folder, 'none.json'))).toEqual([]);
});

test.each([
  ['no JSON', '{'],
  ['another document', '[]'],
  ['no device ID', '{"outages":[{"deviceID":"door","downSince":"2026-11-22T09:00:00Z","isTold":true}]}'],
  ['no time', '{"outages":[{"deviceID":846,"downSince":"yesterday","isTold":true}]}'],
])('a file with %s in it is refused', (_, text) => {
  const path = join(folder, 'bad.json');
  writeFileSync(path, text);
  expect(() => readOutages(path)).toThrow(`--state: cannot read ${path}`);
});

test('a file that cannot be written is refused at once', () => {
  const path = join(folder, 'missing', 'outages.json');
  expect(() => new OutagesFile(path, tracker())).toThrow(`--state: cannot write ${path} (ENOENT)`);
});
