import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gsdk } from '../support/gsdk.ts';
import { pathWithJq } from '../support/jq.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const leftBehind = join(folder, 'empty');
mkdirSync(leftBehind);
const env = { TMPDIR: leftBehind, PATH: pathWithJq(folder) };

/** Writes a file, and returns its path. */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Runs a script under an embedded gateway whose time is a thousand times as fast. */
const exec = (options: readonly string[], script: string) =>
  gsdk(['emulator', 'exec', '--clock', 'scaled:1000', ...options, '--', 'sh', '-c', script], { env });

/** Asks until the answer is so; the limit of the process is the limit of that. */
const until = (command: string, pattern: string) => `until ${command} | grep -q '${pattern}'; do :; done`;

const doors = file(
  'doors.csv',
  'deviceID,type,IPAddr,useSSL\n7,BIOSTATION_3,10.0.0.7,false\n8,XPASS_Q2,10.0.0.8,true\n',
);

test('a device of the scenario is unplugged and plugged in again', async () => {
  const steps = [
    { at: '60s', do: 'unplug', deviceIDs: [7], how: 'fin' },
    { at: '300s', do: 'plug', deviceIDs: [7] },
  ];
  const scenario = file('replug.json', { steps });
  const script = `
    gsdk async add 7@10.0.0.7 -q >/dev/null
    ${until('gsdk device get 7 -o tsv --fields status', 'TCP_CANNOT_CONNECT')}; echo down
    ${until('gsdk device get 7 -o tsv --fields status', 'TCP_CONNECTED')}; echo up`;
  // As fast as a process can ask, so the outage has to last for several of its questions.
  const { stdout, stderr, exitCode } = await gsdk(
    ['emulator', 'exec', '--clock', 'scaled:60', '--fleet', doors, '--scenario', scenario, '--', 'sh', '-c', script],
    { env },
  );
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: 'down\nup\n', stderr: '', exitCode: 0 });
});

test('a gateway that crashes refuses, comes back and has forgotten', async () => {
  const scenario = file('crash.json', { steps: [{ at: '1600s', do: 'crash', down: '1200s' }] });
  const script = `
    gsdk async add 7@10.0.0.7 -q >/dev/null; gsdk device ls -o ids
    while gsdk gateway ping >/dev/null 2>&1; do :; done; gsdk gateway ping >/dev/null 2>&1; echo "code $?"
    until gsdk gateway ping >/dev/null 2>&1; do :; done; gsdk device ls -o json`;
  const options = ['emulator', 'exec', '--clock', 'scaled:400', '--fleet', doors, '--scenario', scenario];
  const { stdout, exitCode } = await gsdk([...options, '--', 'sh', '-c', script], { env });
  expect({ stdout, exitCode }).toEqual({ stdout: '7\ncode 5\n[]\n', exitCode: 0 });
});

test('a frozen gateway lets the call run into its time limit', async () => {
  const scenario = file('freeze.json', { steps: [{ at: '0s', do: 'freeze' }] });
  const { exitCode, stderr } = await exec(['--scenario', scenario], 'gsdk device ls --request-timeout 300ms');
  expect(exitCode).toBe(124);
  expect(stderr).toMatch(/^gsdk: /);
});

test('what had not happened when the command ended is said, and changes no exit code', async () => {
  const steps = [
    { at: '1ms', do: 'clear' },
    { at: '9d', do: 'freeze' },
  ];
  const scenario = file('late.json', { steps });
  const script = 'gsdk gateway ping >/dev/null; exit 37';
  const { exitCode, stderr } = await exec(['--scenario', scenario], script);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 37,
    stderr: `gsdk: warning: ${scenario}: the command ended before step 2 had happened\n`,
  });
  expect((await exec(['--scenario', scenario, '-q'], script)).stderr).toBe('');
});

const expecting = (name: string, ...steps: object[]) => file(name, { steps });

test('what a scenario expects in vain makes exec fail, although the command did not', async () => {
  const scenario = expecting('vain.json', { at: '1ms', do: 'expect', deviceIDs: [7], managed: true, within: '100ms' });
  const script = 'gsdk gateway ping >/dev/null; gsdk gateway ping >/dev/null';
  const { exitCode, stderr } = await exec(['--fleet', doors, '--scenario', scenario], script);
  expect(exitCode).toBe(8);
  expect(stderr).toBe(
    `gsdk: ${scenario}, step 1: expected 7 managed within 100ms, but it is not managed\n` +
      'hint: the command itself ended with 0; what a scenario can expect: docs/emulator.md\n',
  );
});

test('the code of a command that failed itself is passed on, and what was expected in vain is a warning', async () => {
  const scenario = expecting(
    'both.json',
    { at: '1ms', do: 'expect', deviceIDs: [7], managed: true },
    { at: '1ms', do: 'expect', connectedCount: 3, within: '9d' },
  );
  const { exitCode, stderr } = await exec(
    ['--scenario', scenario, '--fleet', doors],
    'gsdk gateway ping >/dev/null; exit 37',
  );
  expect(exitCode).toBe(37);
  expect(stderr).toBe(
    `gsdk: warning: ${scenario}, step 1: expected 7 managed, but it is not managed\n` +
      `gsdk: warning: ${scenario}, step 2: expected 3 connected within 9d, but it is 0 when the command ended\n`,
  );
});

test('what comes about in time is met', async () => {
  const scenario = expecting(
    'met.json',
    { at: '1ms', do: 'expect', deviceIDs: '@all', connected: true, within: '9d' },
    { at: '1ms', do: 'expect', connectedCount: 2, within: '9d' },
  );
  const script = `gsdk async add 7@10.0.0.7 -q >/dev/null; gsdk connect 10.0.0.8 --ssl -q >/dev/null
    ${until('gsdk device get 7 -o tsv --fields status', 'TCP_CONNECTED')}`;
  const { exitCode, stderr } = await gsdk(
    ['emulator', 'exec', '--clock', 'scaled:60', '--fleet', doors, '--scenario', scenario, '--', 'sh', '-c', script],
    { env },
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('an expectation whose time had not come is a warning', async () => {
  const scenario = expecting('early.json', { at: '9d', do: 'expect', connectedCount: 3 });
  expect(await exec(['--scenario', scenario], 'true')).toMatchObject({
    ...{ exitCode: 0, stderr: `gsdk: warning: ${scenario}: the command ended before step 1 had happened\n` },
  });
});

test('a scenario that is known by name is played to any fleet', async () => {
  const options = ['--fleet', doors, '--scenario', 'half-fleet-ssl'];
  const script = `${until('gsdk search -o tsv --no-header --fields deviceID,useSSL', '^7.*true')}; echo changed`;
  expect(await exec(options, script)).toMatchObject({ stdout: 'changed\n', stderr: '', exitCode: 0 });
});

test('a name that nobody knows is told with those that are known', async () => {
  expect(await exec(['--scenario', 'earthquake'], 'true')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(
      /^gsdk: --scenario: no scenario is called "earthquake"\nhint: known are unplug-replug, flap, .*; a file is .\/earthquake\n$/,
    ),
  });
});

test('a gateway of run tells at its end what was expected in vain', async () => {
  const scenario = expecting('run.json', { at: '1ms', do: 'expect', connectedCount: 3 });
  const options = ['emulator', 'run', '--clock', 'scaled:1000', '--scenario', scenario, '--ttl', '300ms'];
  expect(await gsdk(options, { env })).toMatchObject({
    ...{ exitCode: 0, stderr: `gsdk: warning: ${scenario}, step 1: expected 3 connected, but it is 0\n` },
  });
});

test('a fleet from a file is what search finds, and a scenario knows it', async () => {
  const { stdout } = await exec(['--fleet', doors], 'gsdk search -o csv --fields deviceID,type,IPAddr,useSSL');
  expect(stdout).toBe('deviceID,type,IPAddr,useSSL\n7,BIOSTATION_3,10.0.0.7,false\n8,XPASS_Q2,10.0.0.8,true\n');
});

test('what search prints of one gateway is the fleet of another', async () => {
  const found = join(folder, 'found.json');
  const first = await exec([], `gsdk search --json > ${found}; cat ${found}`);
  expect((await exec(['--fleet', found], 'gsdk search --json')).stdout).toBe(first.stdout);
});

test('several gateways at once, each found by its profile, the first one without', async () => {
  const other = file('other.json', [{ deviceID: 9, IPAddr: '10.0.1.9' }]);
  const script = `
    for site in site1 site2; do gsdk search --profile $site -o ids | tr '\\n' ' '; echo; done
    gsdk search -o ids | tr '\\n' ' '; echo
    gsdk config profiles -o tsv --no-header --fields profile | tr '\\n' ' '; echo "[$GSDK_GATEWAY]"`;
  const options = ['--profile', `site1=${doors}`, '--profile', `site2=${other}`];
  const { stdout, stderr } = await exec(options, script);
  expect(stderr).toBe('');
  expect(stdout).toBe('7 8 \n9 \n7 8 \nsite1 site2 []\n');
});

test('a single gateway under a name of its own is found in all ways', async () => {
  const script = 'gsdk search --profile site1 -o ids; gsdk search -o ids; test -n "$GSDK_GATEWAY"';
  expect(await exec(['--profile', `site1=${doors}`], script)).toMatchObject({ stdout: '7\n8\n7\n8\n', exitCode: 0 });
});

const bad = (name: string, content: unknown) => file(name, content);
const step = (more: object) => ({
  steps: [
    { at: '1s', do: 'thaw' },
    { at: '1s', ...more },
  ],
});

test.each<[string, string[], string]>([
  [
    'an unknown step',
    ['--scenario', bad('a.json', step({ do: 'explode' }))],
    'a.json, step 2: expected "do" as one of',
  ],
  ['an unknown key', ['--scenario', bad('b.json', step({ do: 'thaw', x: 1 }))], 'b.json, step 2: unknown key "x"'],
  [
    'a device that is not in the fleet',
    ['--scenario', bad('c.json', step({ do: 'plug', deviceIDs: [7] }))],
    'no device 7',
  ],
  ['a scenario that is no JSON', ['--scenario', bad('d.json', '{')], 'd.json: not JSON'],
  ['a scenario that is not there', ['--scenario', join(folder, 'nothing')], 'cannot read'],
  ['a device that cannot be', ['--fleet', bad('e.csv', 'deviceID,IPAddr\n1,x\n')], 'e.csv, line 2: expected an IPv4'],
  ['an unknown field', ['--fleet', bad('f.csv', 'deviceID,colour\n1,red\n')], 'f.csv, header: unknown field "colour"'],
  ['a profile without a fleet', ['--profile', 'site1'], '--profile: expected NAME=FLEET, got "site1"'],
  ['a profile given twice', ['--profile', `a=${doors},a=${doors}`], '--profile: a was given before'],
  ['a fleet beside a profile', ['--profile', `a=${doors}`, '--fleet', doors], '--fleet beside --profile'],
  ['a scenario beside a profile', ['--profile', `a=${doors}`, '--scenario', doors], '--scenario beside --profile'],
])('%s is exit 2 before anything is started', async (_, options, says) => {
  const { exitCode, stdout, stderr } = await exec(options, 'echo never');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^gsdk: [^\n]+\nhint: [^\n]+\n$/);
  expect(stderr).toContain(says);
  expect(readdirSync(leftBehind)).toEqual([]);
});
