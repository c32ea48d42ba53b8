import { mkdirSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rejectWrites, runWithGuards } from '../../../src/cli/access/guards.ts';
import { resolveConfiguration } from '../../../src/config/resolve.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { Admit } from '../../../src/gateway/guarded-gateway.ts';
import type { Result } from '../../../src/render/view.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const run = { argv: ['disconnect', '1'], pid: 7, signal: new AbortController().signal };
const done: Result = { rows: [] };
const guarded = (flags: object, write: (admit: Admit) => Promise<Result>, signal = run.signal) =>
  runWithGuards(resolveConfiguration(flags, {}), { ...run, signal }, write);

test('a read that writes is a bug, and sends nothing', () => {
  expect(() => rejectWrites([1], { dryRun: false })).toThrow(expect.objectContaining({ exitCode: 1 }));
});

test('where nothing is said, everything goes', async () => {
  const write = async (admit: Admit) => {
    admit([1, 2, 3], { dryRun: false, isForAll: true });
    return done;
  };
  expect(await guarded({}, write)).toEqual(done);
});

test('a read-only gateway is not even dialled', async () => {
  const write = () => expect.unreachable('it was run');
  await expect(guarded({ readOnly: 'true' }, write)).rejects.toMatchObject({ exitCode: 9 });
});

describe('a limit of devices', () => {
  const admitting =
    (...[targets, announcement]: Parameters<Admit>) =>
    async (admit: Admit) => {
      admit(targets, announcement);
      return done;
    };

  test.each([
    [[1, 2], { dryRun: false }],
    [[1, 2], { dryRun: true }],
    [[], { dryRun: false }],
  ])('lets pass %j with %j', async (targets, announcement) => {
    expect(await guarded({ maxDevices: '2' }, admitting(targets, announcement))).toEqual(done);
  });

  test.each([
    [[1, 2, '10.0.0.3:51211'], { dryRun: false }, 'this write is for 3 devices, and --max-devices allows 2'],
    [[1, 2, 3], { dryRun: true }, 'this write is for 3 devices'],
    [[], { dryRun: false, isForAll: true }, 'this write is for whoever may dial in'],
  ])('refuses %j with %j', async (targets, announcement, message) => {
    await expect(guarded({ maxDevices: '2' }, admitting(targets, announcement))).rejects.toMatchObject({
      exitCode: 9,
      message: expect.stringContaining(message),
    });
  });

  test('does not say that nothing was sent once something was', async () => {
    const write = async (admit: Admit) => {
      admit([1], { dryRun: false });
      admit([1, 2], { dryRun: false });
      return done;
    };
    await expect(guarded({ maxDevices: '1' }, write)).rejects.toThrow(/allows 1; no more was sent$/);
  });
});

describe('an audit file that goes away in between', () => {
  const auditFile = temporaryFolder();
  const failure = new GsdkError({ class: 'DEVICE', message: 'offline', stage: 'device' });

  test('does not hide the failure of a write, nor its result', async () => {
    const path = `${auditFile}/log`;
    const writing = (result: Result) => async (admit: Admit) => {
      admit([1], { dryRun: false });
      rmSync(path);
      mkdirSync(path);
      return result;
    };
    const rows = [{ deviceID: 1, outcome: 'applied' }];
    const { failure: told, ...rest } = await guarded({ auditFile: path }, writing({ rows }));
    expect(rest).toEqual({ rows });
    expect(told).toMatchObject({ exitCode: 1, failure: { outcome: 'applied' } });
    expect(told?.message).toContain('how it ended is not in the audit file');
    rmSync(path, { recursive: true });
    expect(await guarded({ auditFile: path }, writing({ rows, failure }))).toEqual({ rows, failure });
  });
});
