import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { gsdk } from '../support/gsdk.ts';
import { asOtherUser, isRoot, otherUser } from '../support/other-user.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const site = [{ deviceID: 846, name: 'Front', IPAddr: '10.0.0.1' }];
const gateway = await emulatedGateway({ fleet: [{ ...site[0], deviceID: 846, type: 18, IPAddr: '10.0.0.1' }] });
const outer = temporaryFolder();
chmodSync(outer, 0o755);
const siteFile = join(outer, 'site.json');
writeFileSync(siteFile, JSON.stringify(site));
const filterFile = join(outer, 'filter.json');
writeFileSync(filterFile, JSON.stringify({ allowAll: true }));
const [stateName, instancesName] = ['gsdk', 'gsdk-emulators'].map((name) => `${name}-${process.geteuid?.()}`);

let count = 0;
let shared: string;
let victim: string;
beforeAll(async () => {
  const env = { ...gateway.env, XDG_STATE_HOME: join(outer, 'state') };
  expect(await gsdk(['async', 'add', '846@10.0.0.1', '--wait'], { env })).toMatchObject({ exitCode: 0 });
});
beforeEach(() => {
  shared = join(outer, `shared ${++count}`);
  mkdirSync(shared);
  chmodSync(shared, 0o1777);
  victim = join(outer, `victim ${count}`);
});

/** Runs gsdk with a shared folder as its temporary one; an argument `FILE` is a path in it. */
function inShared(line: string, env: Record<string, string> = {}, name = 'file') {
  const paths = new Map(Object.entries({ FILE: join(shared, name), SITE: siteFile, FILTER: filterFile }));
  const args = line.split(' ').map((word) => paths.get(word) ?? word);
  return gsdk(args, { env: { ...gateway.env, TMPDIR: shared, ...env } });
}

/** Each command that writes into the state folder or the folder of instances. */
const folderWrites = [
  [stateName, 'ssl enable 846 --reconnect --timeout 5s'],
  [stateName, 'mode set device-to-server 846 --reconnect --timeout 5s'],
  [stateName, 'filter add 846'],
  [stateName, 'filter set -f FILTER'],
  [stateName, 'filter allow-all'],
  [stateName, 'rpc Connect.SetAcceptFilter -d {"filter":{"allowAll":true}}'],
  [instancesName, 'emulator start'],
  [instancesName, 'emulator run --name x --ttl 1s'],
  [instancesName, 'emulator stop'],
  [instancesName, 'emulator status'],
] as const;

/** Each command that writes a file whose path the user chooses. */
const fileWrites = [
  ['file', 'disconnect 846 --audit-file FILE'],
  ['file', 'export --out FILE -o json'],
  ['file', 'disconnect 846 --hold 1h --holds FILE'],
  ['file.lock', 'disconnect 846 --hold 1h --holds FILE'],
  ['file', 'apply -f SITE --journal FILE'],
  ['file', 'watch --down-for 1m --state FILE --duration 5s'],
  ['file', 'watch --heartbeat-interval 50ms --heartbeat-file FILE --duration 10s'],
  ['file', 'config set x requestTimeout 5s'],
  ['file.lock', 'config set x requestTimeout 5s'],
] as const;
const fileEnv = (name = 'file') => ({ GSDK_CONFIG: join(shared, name), XDG_STATE_HOME: join(outer, 'state') });

describe('a link of this user in the temporary folder', () => {
  test.each(folderWrites)('as %s makes gsdk %s fail with 2', async (name, line) => {
    symlinkSync(outer, join(shared, name ?? ''));
    const { exitCode, stderr } = await inShared(line);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/no real folder.*\nhint: .*TMPDIR/),
    });
  });
});

describe.skipIf(!isRoot)('traps of another user (runs as root only)', () => {
  const folderTraps = [
    ['a folder with mode 777', 'mkdir -m 777 "$1"'],
    ['a folder with mode 700', 'mkdir -m 700 "$1"'],
    ['a link to a folder', 'ln -s "$2" "$1"'],
  ] as const;

  test.each(folderWrites.flatMap(([name, line]) => folderTraps.map((trap) => [line, name, ...trap] as const)))(
    'gsdk %s with %s as %s fails with 2',
    async (line, name, _trap, script) => {
      mkdirSync(victim, { mode: 0o700 });
      asOtherUser(script, join(shared, name ?? ''), victim);
      const { exitCode, stderr } = await inShared(line);
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/user 65534|no real folder/) });
    },
  );

  const fileTraps = [
    ['a link to a file of the victim', 'ln -s "$2" "$1"', true],
    ['a link to a file that does not exist', 'ln -s "$2" "$1"', false],
    ['an empty file', 'touch "$1"; chmod 666 "$1"', false],
  ] as const;

  test.each(fileWrites.flatMap(([name, line]) => fileTraps.map((trap) => [line, name, ...trap] as const)))(
    'gsdk %s with %s as %s fails with 2',
    async (line, name, _trap, script, isFile) => {
      if (isFile) writeFileSync(victim, '[]');
      asOtherUser(script, join(shared, name), victim);
      const { exitCode, stderr } = await inShared(line, fileEnv());
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
      expect(existsSync(victim) && readFileSync(victim, 'utf8')).toBe(isFile && '[]');
      expect(readFileSync(siteFile, 'utf8')).toBe(JSON.stringify(site));
    },
  );

  test.each(fileWrites.filter(([name]) => name === 'file'))(
    'a folder on the way to the %s of gsdk %s makes it fail with 2',
    async (_name, line) => {
      asOtherUser('mkdir -m 777 "$1"', join(shared, 'folder'));
      const { exitCode, stderr } = await inShared(line, fileEnv('folder/file'), 'folder/file');
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('belongs to user 65534') });
    },
  );
});

describe.skipIf(!isRoot)('a user without a passwd entry (runs as root only)', () => {
  const user = 54_321;
  const asUser = (env: Record<string, string>) => {
    chmodSync(dirname(gateway.caFile), 0o755);
    chmodSync(gateway.caFile, 0o644);
    return gsdk(['filter', 'add', '846'], { user, env: { ...gateway.env, TMPDIR: shared, ...env } });
  };

  test('has a private folder in the temporary one', async () => {
    expect(await asUser({})).toMatchObject({ exitCode: 0, stderr: '' });
    expect(existsSync(join(shared, `gsdk-${user}`))).toBe(true);
    expect(await gsdk(['emulator', 'status'], { user, env: { TMPDIR: shared } })).toMatchObject({ exitCode: 0 });
  });

  test('with a HOME that cannot be written fails with 2, as a second lock would lock nothing', async () => {
    const { exitCode, stderr } = await asUser({ HOME: outer });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/EACCES.*\nhint: Set XDG_STATE_HOME/),
    });
    expect(existsSync(join(shared, `gsdk-${user}`))).toBe(false);
  });

  test('keeps out of the folder of another user', async () => {
    mkdirSync(join(shared, `gsdk-${user}`), { mode: 0o777 });
    expect((await asUser({})).exitCode).toBe(2);
    expect(otherUser).not.toBe(user);
  });
});
