import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { expectFailure } from '../support/failure.ts';
import { gsdk, shell } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const gateway = await emulatedGateway();
const other = await emulatedGateway();
await gsdk(['connect', '192.168.0.104'], gateway);
const file = join(folder, 'site', 'config.json');
const config = { GSDK_CONFIG: file };

/** Writes the config file, with its certificates beside it. */
function write(content: object | string, mode = 0o600) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(file, mode);
}

writeFileSync(join(folder, 'site.crt'), gateway.caCertificate);
writeFileSync(join(folder, 'other.crt'), other.caCertificate);

const profiles = {
  site1: { gateway: gateway.address, caFile: '../site.crt', requestTimeout: '7s' },
  site2: { gateway: other.address, caFile: '../other.crt' },
};
beforeEach(() => write({ profiles }));

const settingsOf = async (args: string[], env: Record<string, string>) => {
  const { stdout, exitCode, stderr } = await gsdk(['config', 'show', '--json', ...args], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const rows = JSON.parse(stdout) as { setting: string; value: string | null; source: string | null }[];
  return Object.fromEntries(rows.map(({ setting, value, source }) => [setting, [value, source]]));
};

test('with an empty environment and no HOME, flags are enough', async () => {
  const script = 'env -i "$NODE" "$BIN" device ls -o ids --gateway "$GSDK_GATEWAY" --ca-file "$GSDK_CA_FILE"';
  expect(await shell(script, gateway)).toMatchObject({ exitCode: 0, stdout: '544114231\n', stderr: '' });
  expect(await shell('env -i "$NODE" "$BIN" --version')).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a folder that cannot be read as HOME does not matter', async () => {
  const env = { ...gateway.env, HOME: '/dev/null', XDG_CONFIG_HOME: '/dev/null/x' };
  expect(await gsdk(['device', 'ls', '-o', 'ids'], { env })).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a profile is a gateway with its CA file, the path relative to the config file, whatever the working directory', async () => {
  const [one, two] = await Promise.all(
    ['site1', 'site2'].map((profile) =>
      gsdk(['device', 'ls', '-o', 'ids', '--profile', profile], { env: config, cwd: '/' }),
    ),
  );
  expect(one).toMatchObject({ exitCode: 0, stdout: '544114231\n', stderr: '' });
  expect(two).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
});

test('the config file is found by XDG_CONFIG_HOME, then by HOME', async () => {
  const home = join(folder, 'home');
  for (const [env, path] of [
    [{ XDG_CONFIG_HOME: join(home, 'xdg'), HOME: home }, join(home, 'xdg', 'gsdk', 'config.json')],
    [{ HOME: home }, join(home, '.config', 'gsdk', 'config.json')],
  ] as const) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify({ profiles: { here: { gateway: path.length.toString() } } }));
    expect(await gsdk(['config', 'path'], { env })).toMatchObject({ exitCode: 0, stdout: `${path}\n`, stderr: '' });
    const { stdout } = await gsdk(['config', 'path', '-o', 'json', '--fields', 'path,inUse'], { env });
    expect(JSON.parse(stdout)).toEqual([
      { path, inUse: true },
      { path: '/etc/gsdk/config.json', inUse: false },
    ]);
  }
});

test('config path without any environment, and with GSDK_CONFIG', async () => {
  expect(await gsdk(['config', 'path'])).toMatchObject({ exitCode: 0, stdout: '/etc/gsdk/config.json\n' });
  expect(await gsdk(['config', 'path'], { env: { ...config, HOME: '/root' } })).toMatchObject({ stdout: `${file}\n` });
});

test('flags win over variables, variables over the profile, the profile over defaults; config show says so', async () => {
  const env = { ...config, GSDK_PROFILE: 'site1', GSDK_CONNECT_TIMEOUT: '2s', GSDK_COLOR: '' };
  const settings = await settingsOf(['--request-timeout', '3s'], env);
  expect(settings).toMatchObject({
    profile: ['site1', 'GSDK_PROFILE'],
    gateway: [gateway.address, 'gateway of profile site1'],
    caFile: [join(folder, 'site.crt'), 'caFile of profile site1'],
    certFile: [null, null],
    requestTimeout: ['3s', '--request-timeout'],
    connectTimeout: ['2s', 'GSDK_CONNECT_TIMEOUT'],
    output: ['json', '--output'],
    color: ['auto', 'default'],
  });
  const fromProfile = await settingsOf([], env);
  expect(fromProfile.requestTimeout).toEqual(['7s', 'requestTimeout of profile site1']);
  const fromVariable = await settingsOf([], { ...env, GSDK_REQUEST_TIMEOUT: '9s' });
  expect(fromVariable.requestTimeout).toEqual(['9s', 'GSDK_REQUEST_TIMEOUT']);
});

test('a gateway named otherwise sets the connection of the profile aside as a whole, and keeps its limits', async () => {
  const settings = await settingsOf(['--gateway', 'gw2'], { ...config, GSDK_PROFILE: 'site1' });
  expect(settings).toMatchObject({
    gateway: ['gw2', '--gateway'],
    caFile: [null, null],
    requestTimeout: ['7s', expect.anything()],
  });
});

test('--profile beside a GSDK_GATEWAY that is another gateway: exit 2; beside the same one, it is taken', async () => {
  const env = { ...config, GSDK_GATEWAY: other.address };
  const expected = {
    exitCode: 2,
    class: 'USAGE',
    stage: 'cli',
    says: /^--profile site1 is .*, but GSDK_GATEWAY is /,
  } as const;
  await expectFailure(['device', 'ls', '--profile', 'site1'], { env }, expected);
  const same = await gsdk(['device', 'ls', '--profile', 'site2'], { env });
  expect(same).toMatchObject({ exitCode: 0, stderr: '' });
});

test('the error of a command names its profile, in text and in JSON', async () => {
  const text = await gsdk(['device', 'get', '999', '--profile', 'site1'], { env: config });
  expect(text.stderr).toMatch(/^gsdk: site1: 999 is not managed by /);
  const json = await gsdk(['device', 'get', '999', '--profile', 'site1', '--json'], { env: config });
  expect(JSON.parse(json.stderr).error).toMatchObject({ profile: 'site1', gateway: gateway.address });
});

test('variables of proxies are ignored: gsdk connects directly', async () => {
  const env = {
    ...gateway.env,
    HTTPS_PROXY: 'http://127.0.0.1:9',
    https_proxy: 'http://127.0.0.1:9',
    ALL_PROXY: 'x',
    NODE_ENV: 'production',
  };
  expect(await gsdk(['device', 'ls', '-o', 'ids'], { env })).toMatchObject({
    exitCode: 0,
    stdout: '544114231\n',
    stderr: '',
  });
});
