import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Unfinished, unfinishedChanges } from '../../../src/gateway/operations/resume-state.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const change = (deviceID: number): Unfinished => ({
  ...{ deviceID, kind: 'async', IPAddr: '10.0.0.1', port: 51_211, useSSL: false },
  slaves: { deviceID, rs485SlaveDeviceIDs: [11], wiegandSlaveDeviceIDs: [] },
});
let folder = '';
beforeEach(() => {
  vi.unstubAllEnvs();
  folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
});
const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

test('what was noted is read by the next run, and gone once it is forgotten', () => {
  unfinishedChanges('gw1:4000').note(change(1));
  unfinishedChanges('gw1:4000').note(change(2));
  const later = unfinishedChanges('gw1:4000');
  expect([...later.all().values()]).toEqual([change(1), change(2)]);
  later.forget(1);
  later.forget(99);
  expect([...unfinishedChanges('gw1:4000').all().keys()]).toEqual([2]);
});

test('each gateway has its own', () => {
  unfinishedChanges('gw1:4000').note(change(1));
  expect(unfinishedChanges('gw2:4000').all().size).toBe(0);
});

test('nothing is left of them once all are forgotten', () => {
  const changes = unfinishedChanges('gw1:4000');
  for (const id of [1, 2]) changes.note(change(id));
  const [file = ''] = files();
  changes.forget(1);
  expect(existsSync(dirname(file))).toBe(true);
  changes.forget(2);
  changes.forget(2);
  expect(existsSync(dirname(file))).toBe(false);
});

test('only its user can read it', () => {
  unfinishedChanges('gw1:4000').note(change(1));
  const [file = ''] = files();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
});

test('what is older than a day, half written, or not one of ours is not there', () => {
  const changes = unfinishedChanges('gw1:4000');
  changes.note(change(1));
  const [file = ''] = files();
  writeFileSync(join(dirname(file), '2.json'), '{"deviceID":2,');
  writeFileSync(join(dirname(file), '3.json.new'), JSON.stringify(change(3)));
  expect([...changes.all().keys()]).toEqual([1]);
  const dayBefore = Date.now() / 1000 - 25 * 3600;
  utimesSync(file, dayBefore, dayBefore);
  expect(changes.all().size).toBe(0);
});

test('where nothing can be written, that is an error before anything is begun', () => {
  mkdirSync(join(folder, 'sub'));
  vi.stubEnv('TMPDIR', join(folder, 'file'));
  writeFileSync(join(folder, 'file'), '');
  expect(() => unfinishedChanges('gw1:4000').note(change(1))).toThrow(/ENOTDIR|EEXIST/);
});

test('replaces a link with a note instead of writing through it', () => {
  const changes = unfinishedChanges('gw1:4000');
  changes.note(change(2));
  const [file = ''] = files();
  const other = join(folder, 'other');
  writeFileSync(other, 'text');
  symlinkSync(other, join(dirname(file), '1.json'));
  expect([...changes.all().keys()]).toEqual([2]);
  changes.note(change(1));
  expect([...changes.all().keys()]).toEqual([1, 2]);
  expect(readFileSync(other, 'utf8')).toBe('text');
});
