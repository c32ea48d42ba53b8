import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, gsdk, run } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const [script, config] = [join(folder, 'gsdk.bash'), join(folder, 'config.json')];
writeFileSync(script, (await gsdk(['completion', 'bash'])).stdout);
writeFileSync(config, JSON.stringify({ profiles: { site1: { gateway: 'gw1' }, site2: { gateway: 'gw2' } } }), {
  mode: 0o600,
});
/** What a real bash offers for the last of these words. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const lines = [
    'gsdk() { "$NODE" "$BIN" "$@"; }; source "$0"',
    `COMP_WORDS=(gsdk "$@"); COMP_CWORD=$#; _gsdk; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ];
  const env = { NODE: process.execPath, BIN: bin, GSDK_CONFIG: config };
  const { exitCode, stdout, stderr } = await run('bash', ['--norc', '-c', lines.join('\n'), script, ...words], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.split('\n').filter(Boolean);
}

test.each<[string[], string[]]>([
  [['dev'], ['device']],
  [
    ['device', ''],
    ['ls', 'get', 'exists', 'info'],
  ],
  [['emulator', 'gateway', 'g'], ['goaway']],
  [['-q', 'device', 'ls', '--st'], ['--status']],
  [['device', 'ls', '-o', 'j'], ['json']],
  [
    ['device', 'ls', '--color', ''],
    ['auto', 'always', 'never'],
  ],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [
    ['emulator', 'device', 'unplug', '--how', ''],
    ['silent', 'fin', 'rst'],
  ],
  // Whose values nobody can list: files are offered by bash itself.
  [['apply', '-f', ''], []],
  [['watch', '--', ''], []],
  [
    ['device', 'ls', '--profile', 's'],
    ['site1', 'site2'],
  ],
])('bash offers for %j: %j', async (words, expected) => {
  expect((await offered(...words)).sort()).toEqual([...expected].sort());
});
