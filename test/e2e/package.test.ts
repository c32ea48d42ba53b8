import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { root, run } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const target = join(folder, 'an empty folder');
const installed = join(target, 'node_modules', 'gsdk-cli');
/** npm gets folders of its own for everything, and no way to any registry. */
const env = {
  HOME: folder,
  npm_config_cache: join(folder, 'cache'),
  npm_config_registry: 'http://127.0.0.1:9/',
  npm_config_update_notifier: 'false',
  NODE_ENV: 'production',
};
const npm = (args: readonly string[], cwd: string) => run('npm', args, { env, cwd, limitMs: 60_000 });
let packed: { filename: string; size: number; files: { path: string; size: number; mode: number }[] };

beforeAll(async () => {
  mkdirSync(target);
  const { stdout } = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root);
  const answer = JSON.parse(stdout);
  packed = Array.isArray(answer) ? answer[0] : Object.values(answer)[0];
  const tarball = join(folder, packed.filename);
  const { exitCode, stderr } = await npm(
    ['install', tarball, '--offline', '--ignore-scripts', '--no-audit', '--no-fund'],
    target,
  );
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
}, 120_000);

test('an install is this package and nothing else: no dependencies, no script of installation', () => {
  expect(readdirSync(join(target, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['gsdk-cli']);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
    expect(manifest[kind] ?? {}, kind).toEqual({});
  }
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare', 'dependencies']) {
    expect(manifest.scripts ?? {}).not.toHaveProperty(script);
  }
});

test('the package has the program and its pages, and neither sources nor tests nor tools', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'bin/gsdk.js',
      'bin/package.json',
      'dist/main.cjs',
      'dist/emulator.cjs',
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'THIRD_PARTY_NOTICES',
      'examples/tutorial.sh',
    ]),
  );
  expect(paths.filter((path) => !/^(bin|dist|docs|examples)\/|^[A-Z_]+(\.md)?$|^package\.json$/.test(path))).toEqual(
    [],
  );
  expect(packed.size).toBeLessThan(2_000_000);
});

test('no file of it names a path of the machine that built it', () => {
  for (const { path } of packed.files) {
    expect(readFileSync(join(installed, path), 'utf8').includes(root), path).toBe(false);
  }
});

test.each(['gsdk', 'gsdk-cli'])('%s runs by its name, from a folder that has nothing else', async (name) => {
  const bins = join(target, 'node_modules', '.bin');
  expect(existsSync(join(bins, name))).toBe(true);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(await run(join(bins, name), ['--version'], { cwd: target })).toMatchObject({
    exitCode: 0,
    stdout: `${version}\n`,
    stderr: '',
  });
  const search = ['emulator', 'exec', '--clock', 'scaled:1000', '--', 'gsdk', 'search', '-o', 'ids'];
  const { exitCode, stdout, stderr } = await run(join(bins, name), search, { cwd: target });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.match(/^\d+$/gm)).toHaveLength(9);
});

test('npx finds it too, without any network', async () => {
  const { exitCode, stdout } = await run('npx', ['--offline', 'gsdk-cli', 'config', 'path'], {
    env,
    cwd: target,
    limitMs: 60_000,
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${folder}/.config/gsdk/config.json\n` });
});

test('THIRD_PARTY_NOTICES has the licence of every package that is in the bundles, and of no other', async () => {
  const entryPoints = ['src/main.ts', 'src/emulator/index.ts'];
  const { metafile } = await build({
    ...{ absWorkingDir: root, entryPoints, bundle: true, splitting: true, format: 'esm', outdir: 'unwritten' },
    ...{ platform: 'node', mainFields: ['module', 'main'], metafile: true, write: false, logLevel: 'error' },
  });
  const folders = Object.keys(metafile.inputs).flatMap(
    (path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  const bundled = [...new Set(folders)].map((path) =>
    JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')),
  );
  const [, ...entries] = readFileSync(join(installed, 'THIRD_PARTY_NOTICES'), 'utf8').split(/^-{78}\n/m);
  expect(entries.map((entry) => entry.split('\n')[0]).sort()).toEqual(
    bundled.map(({ name, version, license }) => `${name} ${version} (${license})`).sort(),
  );
  expect(bundled.map(({ name }) => name)).toEqual(expect.arrayContaining(['commander', '@grpc/grpc-js', 'execa']));
});

const startAndUse = `
  const emulator = await startEmulator({ fleet: [{ deviceID: 846, type: 18, IPAddr: '10.0.0.1' }] });
  emulator.faults.crash();
  console.log(emulator.journal.entries.map((entry) => entry.kind).join(' '));
  await emulator.close();`;

test.each([
  ['module.mjs', `import { startEmulator } from 'gsdk-cli/emulator';${startAndUse}`],
  ['script.cjs', `const { startEmulator } = require('gsdk-cli/emulator'); (async () => {${startAndUse}})();`],
])('the embedded gateway starts in a program of another (%s)', async (name, source) => {
  writeFileSync(join(target, name), source);
  const { stdout, stderr, exitCode } = await run(process.execPath, [name], { cwd: target, env });
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: 'gateway fault gateway\n', stderr: '', exitCode: 0 });
});

test('its types are whole and strict, and need no other package', async () => {
  const source = `
    import { type Emulator, type JournalEntry, startEmulator } from 'gsdk-cli/emulator';
    const emulator: Emulator = await startEmulator({ port: 0, assumptions: { restartForgets: false } });
    emulator.faults.dropStreams({ code: 'INTERNAL' });
    const changed = (entry: JournalEntry) => (entry.kind === 'status' ? entry.deviceID : undefined);
    emulator.journal.entries.map(changed);
    // @ts-expect-error no such fault
    emulator.faults.explode();
    // @ts-expect-error no such code
    emulator.faults.dropStreams({ code: 'BAD' });`;
  writeFileSync(join(target, 'consumer.mts'), source);
  writeFileSync(
    join(target, 'consumer.cts'),
    source.replaceAll('await', '').replace(': Emulator', '').replaceAll('emulator.', '(null as unknown as Emulator).'),
  );
  const options = ['--strict', '--noEmit', '--target', 'es2023', '--module', 'nodenext', '--types', ''];
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, ...options, '--ignoreConfig', 'consumer.mts', 'consumer.cts'];
  expect(await run(process.execPath, args, { cwd: target, env })).toMatchObject({ stdout: '', exitCode: 0 });
}, 60_000);
