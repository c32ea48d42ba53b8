import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tutorialFleet } from '../../src/emulator/index.ts';
import { errorOf } from '../support/failure.ts';
import { gsdk } from '../support/gsdk.ts';
import { pathWithJq } from '../support/jq.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const leftBehind = join(folder, "it's empty");
mkdirSync(leftBehind);
const env = { TMPDIR: leftBehind, PATH: pathWithJq(folder) };

/** Runs a script under an embedded gateway, a search of 5 s taking 5 ms. */
const exec = (script: string, more: Record<string, string> = {}) =>
  gsdk(['emulator', 'exec', '--clock', 'scaled:1000', '--', 'sh', '-c', script], { env: { ...env, ...more } });

test('search piped into jq prints the nine IDs of the tutorial', async () => {
  const { stdout, stderr, exitCode } = await exec(`gsdk search -o json | jq -r ".[].deviceID"`);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const ids = tutorialFleet.map(({ deviceID }) => deviceID).sort((one, other) => one - other);
  expect(ids).toHaveLength(9);
  expect(stdout).toBe(ids.map((id) => `${id}\n`).join(''));
});

test('the command is passed its arguments as they are, and its standard streams', async () => {
  const script = 'printf "%s|" "$@"; cat; echo oops >&2';
  const { stdout, stderr } = await gsdk(
    ['emulator', 'exec', '--', 'sh', '-c', script, 'x', '--json', '', 'a b', '$HOME', '--'],
    {
      env,
      input: 'typed in',
    },
  );
  expect({ stdout, stderr }).toEqual({ stdout: '--json||a b|$HOME|--|typed in', stderr: 'oops\n' });
});

test.each([0, 37, 255])('the exit code %i of the command is passed on, without a word', async (code) => {
  expect(await exec(`exit ${code}`)).toMatchObject({ exitCode: code, stdout: '', stderr: '' });
});

test('a command that is killed ends it with 128 and the signal', async () => {
  expect(await exec('kill -KILL $$')).toMatchObject({ exitCode: 137, stderr: '' });
});

const notExecutable = join(folder, 'not-executable');
writeFileSync(notExecutable, 'echo never\n', { mode: 0o644 });

test.each([
  ['a command that is not there', ['no-such-command-anywhere'], 127, 'no command "no-such-command-anywhere"'],
  ['a file that is not there', [join(folder, 'nothing')], 127, 'no command'],
  ['a file that is not executable', [notExecutable], 126, 'cannot run'],
  ['a folder', [folder], 126, 'cannot run'],
])('%s: its own code, one line and one hint', async (_, command, exitCode, says) => {
  const text = await gsdk(['emulator', 'exec', '--', ...command], { env });
  expect(text).toMatchObject({ exitCode, stdout: '' });
  expect(text.stderr).toMatch(new RegExp(`^gsdk: ${says}[^\n]*\nhint: [^\n]*\n$`));
});

test('its errors are JSON where JSON is asked for', async () => {
  const { stderr } = await gsdk(['emulator', 'exec', '-o', 'json', '--', 'no-such-command-anywhere'], { env });
  expect(errorOf(stderr)).toMatchObject({ class: 'HANDLER', exitCode: 127, stage: 'cli' });
});

test('its own failure before the command is 125, and the process ends', async () => {
  const { exitCode, stdout, stderr } = await gsdk(['emulator', 'exec', '--', 'echo', 'never'], {
    env: { ...env, TMPDIR: join(folder, 'nowhere') },
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: '' });
  expect(stderr).toMatch(/^gsdk: the embedded gateway did not start: cannot write to .*ENOENT.*\nhint: .*TMPDIR\n$/);
});

test.each(['fast', 'scaled:0', 'scaled:-1', 'scaled:20s', ''])(
  '--clock "%s" is refused before anything is started',
  async (clock) => {
    const { exitCode, stdout, stderr } = await gsdk(['emulator', 'exec', '--clock', clock, '--', 'echo', 'never'], {
      env,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^gsdk: --clock: expected real, scaled:K or manual, got "/);
  },
);

test('--clock scaled:20 lets a search of 5 s take a quarter of a second', async () => {
  const { exitCode, durationMs } = await gsdk(['emulator', 'exec', '--clock', 'scaled:20', '--', 'gsdk', 'search'], {
    env,
  });
  expect(exitCode).toBe(0);
  expect(durationMs).toBeGreaterThan(250);
  expect(durationMs).toBeLessThan(4000);
});

test('no command is a usage error', async () => {
  const { exitCode, stderr } = await gsdk(['emulator', 'exec'], { env });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^gsdk: missing required argument 'command'\n/);
});

test("the caller's own variables and config do not reach the command", async () => {
  const home = join(folder, 'home');
  mkdirSync(join(home, '.config', 'gsdk'), { recursive: true });
  writeFileSync(join(home, '.config', 'gsdk', 'config.json'), '{"profiles":{"mine":{"gateway":"192.0.2.1"}}}');
  const own = {
    HOME: home,
    GSDK_PROFILE: 'mine',
    GSDK_SERVER_NAME: 'elsewhere',
    GSDK_OUTPUT: 'csv',
    GSDK_REQUEST_TIMEOUT: '1ms',
    GSDK_ANYTHING: 'x',
  };
  const { stdout } = await exec('env | grep ^GSDK_ | sed "s/=.*//" | sort; gsdk config show --json', own);
  const [names = '', settings = ''] = stdout.split(/^(?=\[)/m);
  expect(names).toBe('GSDK_CA_FILE\nGSDK_CONFIG\nGSDK_EMULATOR\nGSDK_EMULATOR_CONTROL\nGSDK_GATEWAY\n');
  const sources = (JSON.parse(settings) as { setting: string; source: string | null }[]).map(({ source }) => source);
  expect([...new Set(sources)].sort()).toEqual(['--output', 'GSDK_CA_FILE', 'GSDK_GATEWAY', 'default', null]);
  expect((await exec('gsdk device ls --profile mine', own)).exitCode).toBe(2);
});

test('the profile "emulator" is there, by flag and alone', async () => {
  const script =
    'gsdk --profile emulator connect 192.168.0.104 -o ids; unset GSDK_GATEWAY GSDK_CA_FILE; gsdk --profile emulator device ls -o ids';
  expect(await exec(script)).toMatchObject({ exitCode: 0, stdout: '544114231\n544114231\n', stderr: '' });
});

test('another gateway is refused inside, even by flag: exit 9', async () => {
  expect(await exec('gsdk device ls --gateway 192.0.2.1')).toMatchObject({ exitCode: 9, stdout: '' });
});

test('one within another, and two at once, each have a gateway of their own', async () => {
  const script =
    'gsdk connect 192.168.0.104 -o ids; gsdk emulator exec -- gsdk device ls --json; gsdk device ls -o ids';
  const results = await Promise.all([exec(script), exec(script)]);
  for (const result of results)
    expect(result).toMatchObject({ exitCode: 0, stdout: '544114231\n[]\n544114231\n', stderr: '' });
});

test('nothing is left behind in the folder for temporary files', () => {
  expect(readdirSync(leftBehind)).toEqual([]);
});
