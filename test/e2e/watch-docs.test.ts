import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { gsdk, root, shell } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const gateway = await emulatedGateway();
const folder = temporaryFolder();
writeFileSync(join(folder, 'doors.txt'), '846\n');

const page = readFileSync(join(root, 'docs', 'watch.md'), 'utf8');
const commands = [...page.matchAll(/```sh\n([^`]+)```/g)].map(([, command = '']) => ({ command }));

test('the page has commands', () => {
  expect(commands.length).toBeGreaterThanOrEqual(5);
});

test.each(commands)('$command', async ({ command }) => {
  await gsdk(['connect', '192.168.0.117'], gateway);
  const { exitCode, stderr } = await shell(`set -e\n${command}`, { env: gateway.env, cwd: folder });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('each kind of line has a row', () => {
  const kinds = [
    'snapshot',
    'synced',
    'change',
    'added',
    'removed',
    'lost',
    'resumed',
    'merged',
    'down',
    'up',
    'heartbeat',
  ];
  for (const kind of [...kinds, 'end']) expect(page).toContain(`| \`${kind}\` |`);
});
