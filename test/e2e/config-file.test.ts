import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { expectFailure } from '../support/failure.ts';
import { shell } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const gateway = await emulatedGateway();
const file = join(folder, "it's a site", 'config.json');
const config = { GSDK_CONFIG: file };
const profiles = { site1: { gateway: gateway.address, caFile: gateway.caFile }, site2: { gateway: 'gw2' } };

function write(content: object | string, mode = 0o600) {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(file, mode);
}

mkdirSync(join(folder, "it's a site"));
beforeEach(() => write({ profiles }));

test.each([
  ['an unknown key in a profile', { profiles: { site1: { gatway: 'gw1' } } }, 'unknown key "gatway" in profile site1'],
  ['an unknown key beside profiles', { profile: {} }, 'unknown key "profile" in the top level'],
  [
    'an output format in a profile',
    { profiles: { site1: { output: 'json' } } },
    'unknown key "output" in profile site1',
  ],
  ['a number for a text', { profiles: { site1: { gateway: 4000 } } }, 'gateway of profile site1 is not a text'],
  ['an array', [], 'the whole is not an object'],
  ['no JSON', '{"profiles":', 'not JSON'],
  ['nothing', '', 'not JSON'],
])('a config file with %s: exit 2, naming the file', async (_, content, says) => {
  write(content);
  const expected = { exitCode: 2, class: 'USAGE', stage: 'cli', says: `config file ${file}: ${says}` } as const;
  await expectFailure(['device', 'ls', '--profile', 'site1'], { env: config }, expected);
});

test.each([0o620, 0o602, 0o666])(
  'a config file that others can write (%o) is refused: exit 2, and the hint mends it',
  async (mode) => {
    write({ profiles }, mode);
    const expected = { exitCode: 2, class: 'USAGE', stage: 'cli', says: 'can be written by others' } as const;
    const { error } = await expectFailure(['device', 'ls', '--profile', 'site1'], { env: config }, expected);
    const mend = error.hint?.split(': ')[1] ?? '';
    expect(await shell(`${mend} && gsdk device ls --profile site1`, { env: config })).toMatchObject({ exitCode: 0 });
  },
);

test.each([
  ['a profile that is not there', ['--profile', 'site3'], config, `no profile "site3"; ${file} has: site1, site2`],
  ['a profile without any file', ['--profile', 'site1'], { HOME: '/nowhere' }, 'there is no config file'],
  [
    'a config file that is not there',
    ['--profile', 'x'],
    { GSDK_CONFIG: '/nowhere/c.json' },
    'no config file at /nowhere/c.json',
  ],
  ['half a client certificate', ['--gateway', 'gw', '--cert-file', file], {}, 'needs both its files'],
])('%s: exit 2', async (_, args, env, says) => {
  await expectFailure(['device', 'ls', ...args], { env }, { exitCode: 2, class: 'USAGE', stage: 'cli', says });
});
