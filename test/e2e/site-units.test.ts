import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { blocksOf, type JobSite, jobSites, silence, siteFile, up, writeProgram } from '../support/site-jobs.ts';

const jobSite = jobSites();

interface Task {
  name: string;
  'ansible.builtin.command': { argv: string[] };
  register: string;
  changed_when: string;
}

/** A folder that is /etc/gsdk/site1 to whoever reads the page, with a profile of this name. */
function asSite1(site: JobSite): Record<string, string> {
  const { GSDK_GATEWAY: gateway, GSDK_CA_FILE: caFile } = site.env;
  site.write('config.json', JSON.stringify({ profiles: { site1: { gateway, caFile } } }));
  return { GSDK_CONFIG: join(site.folder, 'config.json'), GSDK_GATEWAY: '', GSDK_CA_FILE: '' };
}

test('15. the Ansible task changes something the first time, nothing the second time, and fails without a gateway', async () => {
  const site = await jobSite({ isManaged: false });
  const env = asSite1(site);
  const [task, ...others] = parse(blocksOf(15, 'yaml')[0] ?? '') as Task[];
  expect(others).toEqual([]);
  expect(Object.keys(task ?? {})).toEqual(['name', 'ansible.builtin.command', 'register', 'changed_when']);
  const [file = '', ...args] = task?.['ansible.builtin.command'].argv ?? [];
  const words = args.map((word) => word.replace('/etc/gsdk/site1', site.folder));
  // Ansible takes `rc` and `stdout` of what it has run; `from_json` reads the latter.
  expect(task?.changed_when).toBe(`${task?.register}.rc == 0 and (${task?.register}.stdout | from_json).changed`);
  for (const changed of [true, false]) {
    const { exitCode, stdout, stderr } = await site.command(file, words, env);
    expect({ exitCode, stderr, changed: JSON.parse(stdout).changed }).toEqual({ exitCode: 0, stderr: '', changed });
  }
  site.write('site.csv', '');
  expect((await site.command(file, words, env)).exitCode).toBe(2);
  expect(await up(site.client)).toHaveLength(5);
});

/** The entries of a unit by section; systemd has several values under one key where it comes twice. */
function unitOf(text: string): Map<string, string> {
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('['));
  return new Map(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

/** Runs a line of a unit as it stands: systemd splits it at blanks, runs it without a shell, and ignores a `-` before it. */
function execute(site: JobSite, unit: ReadonlyMap<string, string>, key: string, env: Record<string, string>) {
  const words = (unit.get(key) ?? '').replace(/^-/, '').split(' ');
  expect(unit.get('WorkingDirectory')).toBe('/etc/gsdk/site1');
  const [name, value = ''] = (unit.get('Environment') ?? '').split('=');
  const [file = '', ...args] = words.map((word) =>
    word.replace(/^\/usr\/local\/bin/, join(site.folder, 'bin')).replace(/^\/usr\/bin\//, ''),
  );
  return site.command(file, args, { ...env, [String(name)]: value });
}

const [watchUnit = '', checkUnit = '', timer = ''] = blocksOf(16, 'ini');
const handler = blocksOf(16, 'sh')[0] ?? '';

/** Puts the handler where its unit looks for it; in `runs` is what it was told, and how it ended, each time. */
function installHandler(site: JobSite): void {
  mkdirSync(join(site.folder, 'bin'));
  site.write('handler.sh', handler);
  writeProgram(
    join(site.folder, 'bin', 'restore-site'),
    'echo "$GSDK_EMPTIED" >> runs; code=0; sh handler.sh || code=$?; echo "ended with $code" >> runs; exit "$code"',
  );
  site.write('runs', '');
}

test('16. the units have what systemd wants', () => {
  const sections = [watchUnit, checkUnit, timer].map((unit) => unit.match(/^\[\w+\]$/gm));
  expect(sections).toEqual([['[Service]', '[Install]'], ['[Service]'], ['[Timer]', '[Install]']]);
  for (const unit of [watchUnit, checkUnit, timer]) expect(unit).toMatch(/^(\[\w+\]\n([A-Z]\w+=\S.*\n)+)+$/);
});

test('16. the watch restores the site when its gateway was restarted and has forgotten it; its handler runs once each time', async () => {
  const site = await jobSite();
  const env = asSite1(site);
  installHandler(site);
  const watching = execute(site, unitOf(watchUnit), 'ExecStart', env);
  let text = '';
  await new Promise<void>((resolve) => {
    watching.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('synced')) resolve();
    });
  });
  const restored = 'true\nended with 0\n';
  for (const runs of [restored, restored + restored]) {
    // The second time before the watch has listed what came back the first time.
    site.emulator.restartGateway(false);
    while (site.read('runs') !== runs) await up(site.client).catch(() => []);
    expect(await up(site.client)).toHaveLength(5);
    expect(await site.client.slaves()).toHaveLength(1);
  }
  // Streams that end while the gateway remembers everything are no reason to do anything.
  site.emulator.faults.dropStreams();
  while (!site.read('runs').endsWith('false\nended with 0\n')) await up(site.client);
  watching.kill('SIGTERM');
  expect(await watching).toMatchObject({ signal: 'SIGTERM', stderr: '' });
  expect(site.read('runs')).toBe(`${restored}${restored}false\nended with 0\n`);
  expect(await site.gsdk('check', '-f', 'site.csv')).toMatchObject(silence);
});

test('16. before it watches it restores what a gateway has forgotten while nobody looked', async () => {
  const site = await jobSite({ isManaged: false });
  const env = asSite1(site);
  installHandler(site);
  expect(await execute(site, unitOf(watchUnit), 'ExecStartPre', env)).toMatchObject(silence);
  expect(await up(site.client)).toHaveLength(5);
});

test('16. the check fails when anything differs, and says nothing otherwise', async () => {
  const site = await jobSite();
  const env = asSite1(site);
  expect(await execute(site, unitOf(checkUnit), 'ExecStart', env)).toMatchObject(silence);
  site.emulator.restartGateway(false);
  const { exitCode, stdout } = await execute(site, unitOf(checkUnit), 'ExecStart', env);
  expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: expect.stringContaining('GATEWAY_EMPTY') });
  expect(site.read('site.csv')).toBe(siteFile);
});
