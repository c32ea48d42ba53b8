import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gsdk, root } from '../support/gsdk.ts';

const script = join(root, 'examples', 'tutorial.sh');
let transcript: string;

beforeAll(async () => {
  const { exitCode, stdout, stderr } = await gsdk(['emulator', 'exec', '--clock', 'scaled:1000', '--', 'sh', script]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  transcript = stdout;
});

/** What was printed below each time that a command was run, in order. */
const outputsOf = (command: string) =>
  transcript
    .split(/^(?=\$ )/m)
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

test('connect answers with the device, the list shows it connected, and disconnect lets it go', () => {
  expect(outputsOf('gsdk connect 192.168.0.104')[0]).toMatch(/^544114231 .*applied .*TCP_CONNECTED/m);
  expect(outputsOf('gsdk device ls')[0]).toMatch(/^544114231 .*TCP_CONNECTED/m);
  expect(JSON.parse(outputsOf('gsdk device ls --json')[0] ?? '')).toMatchObject([
    { deviceID: 544114231, type: 'BIOENTRY_W2', IPAddr: '192.168.0.104', status: 'TCP_CONNECTED', connected: true },
  ]);
  expect(outputsOf('gsdk disconnect 544114231')[0]).toMatch(/^544114231 .*applied/m);
  expect(JSON.parse(outputsOf('gsdk disconnect 544114231 --json')[0] ?? '')).toMatchObject({
    results: [{ deviceID: 544114231, ok: true, changed: true, comesBack: false }],
    changed: true,
  });
});
