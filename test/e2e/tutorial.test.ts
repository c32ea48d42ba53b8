import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gsdk, root } from '../support/gsdk.ts';

const script = join(root, 'examples', 'tutorial.sh');
let transcript: string;

beforeAll(async () => {
  const { exitCode, stdout, stderr } = await gsdk(['emulator', 'exec', '--clock', 'scaled:100', '--', 'sh', script]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  transcript = stdout;
});

/** What was printed below each time that a command was run, in order. */
const outputsOf = (command: string) =>
  transcript
    .split(/^(?=[$#] )/m)
    .filter((part) => part.startsWith(`$ ${command}\n`))
    .map((part) => part.slice(command.length + 3));

test('each command is printed before its output, in the order of the script', () => {
  const written = readFileSync(script, 'utf8')
    .match(/^run .*$/gm)
    ?.map((line) => line.replace(/^run /, '$ '));
  expect(transcript.match(/^\$ .*$/gm)).toEqual(written);
  expect(written?.length).toBeGreaterThanOrEqual(6);
});

test('search finds the nine devices, as a table and as JSON', () => {
  const [table = ''] = outputsOf('gsdk search');
  expect(table).toMatch(/^544114231 +BIOENTRY_W2 +192\.168\.0\.104:51211 /m);
  expect(table.trimEnd().split('\n')).toHaveLength(10);
  const [json = ''] = outputsOf('gsdk search --json');
  const devices = JSON.parse(json) as { deviceID: number }[];
  expect(devices).toHaveLength(9);
  expect(devices).toContainEqual(expect.objectContaining({ deviceID: 544114231, type: 'BIOENTRY_W2' }));
});

test('connect answers with the device, and the list shows it connected', () => {
  expect(outputsOf('gsdk connect 192.168.0.104')[0]).toMatch(/^544114231 .*applied .*TCP_CONNECTED/m);
  expect(outputsOf('gsdk device ls')[0]).toMatch(/^544114231 .*TCP_CONNECTED/m);
});

test('the live status tells of each of them, connected with and without TLS, and disconnected', () => {
  const [, live = ''] = transcript.split('# What the live status printed meanwhile\n');
  for (const line of [
    '[TCP_CONNECTED] Device 544114231',
    '[TLS_CONNECTED] Device 540092578',
    '[DISCONNECTED] Device 939342898',
  ]) {
    expect(live).toContain(line);
  }
  expect(live).toMatch(/end: SIGINT, \d+ changes\n$/);
});

test('the table of the docs names only commands that the script runs', () => {
  const page = readFileSync(join(root, 'docs', 'tutorial.md'), 'utf8');
  const named = [...page.matchAll(/^\| .* \| `(gsdk [a-z-]+(?: [a-z-]+)?)/gm)].map(([, command]) => command ?? '');
  expect(named).toHaveLength(17);
  for (const command of named) expect(transcript + readFileSync(script, 'utf8')).toContain(command);
});
