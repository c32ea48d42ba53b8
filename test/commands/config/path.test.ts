import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const home = temporaryFolder();
const own = join(home, '.config', 'gsdk', 'config.json');
const show = (env: Record<string, string>, ...args: string[]) => run(['config', 'path', ...args], { env });

test('where there is no file, the first place is named, ready for a shell', async () => {
  expect(await show({ HOME: home })).toMatchObject({ exitCode: 0, stdout: `${own}\n`, stderr: '' });
  expect((await show({ GSDK_CONFIG: '/nonexistent/c.json' })).stdout).toBe('/nonexistent/c.json\n');
});

test('as JSON every place is told, and which of them is in use', async () => {
  const before = JSON.parse((await show({ HOME: home }, '--json')).stdout);
  expect(before[0]).toEqual({ path: own, exists: false, inUse: false });
  mkdirSync(dirname(own), { recursive: true });
  writeFileSync(own, '{}');
  const after = JSON.parse((await show({ HOME: home }, '--json')).stdout);
  expect(after.map(({ path }: { path: string }) => path)).toEqual([own, '/etc/gsdk/config.json']);
  expect(after[0]).toEqual({ path: own, exists: true, inUse: true });
});

test('a file that cannot be read is named all the same', async () => {
  const broken = join(home, 'broken.json');
  writeFileSync(broken, 'not JSON');
  expect(await show({ GSDK_CONFIG: broken })).toMatchObject({ exitCode: 0, stdout: `${broken}\n` });
});
