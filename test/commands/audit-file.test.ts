import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { guardedFleet } from '../support/guarded-fleet.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { smallWrites, wordsOf, writeCalls, writes } from '../support/writes.ts';

vi.stubEnv('TMPDIR', temporaryFolder());
const { emulator, gsdk } = await guardedFleet();
const folder = temporaryFolder();
const file = join(folder, 'writes.ndjson');
const env = { GSDK_AUDIT_FILE: file };
const recorded = () =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('where nothing can be recorded', () => {
  const cases = [...writes, ...smallWrites.filter(({ line }) => line.startsWith('slave'))];
  test.each(cases)('$line is refused with 9, and nothing is sent', async ({ line, stdin = '' }) => {
    const before = emulator.journal.seq;
    const options = { env: { GSDK_AUDIT_FILE: folder }, stdin };
    const { exitCode, stdout, stderr } = await gsdk([...wordsOf(line), '-v', '--json'], options);
    expect({ exitCode, stdout, calls: writeCalls(stderr) }).toEqual({ exitCode: 9, stdout: '', calls: [] });
    const { error } = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
    expect(error).toMatchObject({ class: 'CONFLICT', outcome: 'not-applied' });
    expect(error.message).toBe(`this write cannot be recorded in the audit file ${folder} (EISDIR); nothing was sent`);
    expect(emulator.journal.seq).toBe(before);
  });
});

describe('on record', () => {
  beforeEach(() => rmSync(file, { force: true }));

  test.each([...writes, ...smallWrites])('is nothing of a dry run: $line', async ({ line, stdin = '' }) => {
    await gsdk([...wordsOf(line), '--dry-run'], { env, stdin });
    expect(() => statSync(file)).toThrow('ENOENT');
  });

  test('is nothing of a read, of an empty list, and of what was refused', async () => {
    const lines = [
      { line: 'device ls' },
      { line: 'disconnect -' },
      { line: 'disconnect 846 540 --max-devices 1' },
      { line: 'disconnect 846 --read-only true' },
      { line: 'rpc Connect.GetDeviceList' },
    ];
    for (const { line } of lines) await gsdk(wordsOf(line), { env });
    expect(() => statSync(file)).toThrow('ENOENT');
  });

  test('is that a write begins, before its first call, and how it ended with each device', async () => {
    const argv = ['disconnect', '846', '9', '--json'];
    expect((await gsdk(argv, { env })).exitCode).toBe(7);
    const [begin, end, ...others] = recorded();
    const of = { profile: null, gateway: emulator.address, pid: process.pid, argv };
    expect(others).toEqual([]);
    expect(begin).toEqual({ event: 'begin', time: begin.began, began: expect.any(String), ...of, devices: [846, 9] });
    expect(end).toEqual({
      ...{ event: 'end', time: expect.any(String), began: begin.began, ...of },
      devices: [
        { deviceID: 846, outcome: 'applied', changed: true },
        { deviceID: 9, outcome: 'not-applied', changed: false },
      ],
      ...{ outcome: 'not-applied', exitCode: 7 },
    });
    expect(Date.parse(end.time)).toBeGreaterThanOrEqual(Date.parse(begin.time));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is the address of a device that was named by it', async () => {
    await gsdk(['connect', '846@192.168.0.117'], { env });
    const [begin, end] = recorded();
    expect(begin.devices).toEqual(['192.168.0.117:51211']);
    expect(end.devices).toEqual([
      { deviceID: 846, address: '192.168.0.117:51211', outcome: 'applied', changed: expect.any(Boolean) },
    ]);
  });

  test('is a call by rpc, with whom it is for, and what the gateway answered', async () => {
    const failing = ['rpc', 'Connect.DisableSSL', '-d', '{"deviceID":77}'];
    const { exitCode } = await gsdk(failing, { env });
    expect(exitCode).not.toBe(0);
    await gsdk(['rpc', 'Connect.SetAcceptFilter', '-d', '{"filter":{"deviceIDs":[5,6,9]}}'], { env });
    expect(recorded()).toMatchObject([
      { event: 'begin', argv: failing, devices: [77] },
      { event: 'end', devices: [77], exitCode },
      { event: 'begin', devices: [9] },
      { event: 'end', devices: [9], exitCode: 0, outcome: 'applied' },
    ]);
  });

  test('is a broad change of the filter, even if no device is known that it changes', async () => {
    await gsdk(['filter', 'allow-all'], { env });
    expect(recorded()).toMatchObject([
      { event: 'begin', argv: ['filter', 'allow-all'], devices: [] },
      { event: 'end', exitCode: 0 },
    ]);
  });

  test('is the profile, whose file counts more than any other', async () => {
    const [config, other] = [join(folder, 'config.json'), join(folder, 'other.ndjson')];
    const profile = { gateway: emulator.address, caFile: emulator.caFile, auditFile: 'writes.ndjson' };
    writeFileSync(config, JSON.stringify({ profiles: { site1: profile } }), { mode: 0o600 });
    const argv = ['disconnect', '540', '--profile', 'site1', '--audit-file', other];
    const outside = { GSDK_CONFIG: config, GSDK_GATEWAY: '', GSDK_CA_FILE: '', GSDK_AUDIT_FILE: other };
    expect(await gsdk(argv, { env: outside })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(recorded()).toMatchObject([{ profile: 'site1' }, { profile: 'site1', exitCode: 0 }]);
    expect(() => statSync(other)).toThrow('ENOENT');
  });
});
