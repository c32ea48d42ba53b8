import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { emulatedGateway } from '../../../support/emulated-gateway.ts';
import { run } from '../../../support/host.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder();
const { env } = await emulatedGateway();
const fault = (words: string[], stdin = '') => run(['emulator', 'fault', ...words], { env, stdin });
const ids = async () => (await fault(['ls', '--fields', 'id', '-o', 'tsv', '--no-header'])).stdout;
afterEach(() => fault(['clear']));

test('a rule takes hold until it is removed, and tells how often it has fired', async () => {
  const rule = { effect: 'refuse', deviceIDs: '846' };
  const added = await fault(['add', JSON.stringify(rule), '--json']);
  expect(JSON.parse(added.stdout)).toEqual([{ id: 'rule-1', effect: 'refuse', fired: 0, matched: 0, rule }]);
  expect((await run(['connect', '192.168.0.117'], { env })).exitCode).toBe(6);
  expect(JSON.parse((await fault(['ls', '--json'])).stdout)).toMatchObject([{ fired: 1, matched: 1 }]);
  const removed = await fault(['rm', 'rule-1']);
  expect(removed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^ID +EFFECT .*\nrule-1 +refuse +1 /) });
  expect((await run(['connect', '192.168.0.117'], { env })).exitCode).toBe(0);
});

test('rules come as arguments, from a file, and from standard input', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, effect: 'hang', rpc: 'SearchDevice' }));
  const file = join(folder, 'faults.json');
  writeFileSync(file, JSON.stringify([b, c]));
  await fault(['add', JSON.stringify(a)]);
  await fault(['add', '-f', file]);
  await fault(['add', '-f', '-'], JSON.stringify({ ...a, id: 'd' }));
  expect(await ids()).toBe('a\nb\nc\nd\n');
  expect((await fault(['clear', '--fields', 'id', '-o', 'tsv', '--no-header'])).stdout).toBe('a\nb\nc\nd\n');
  expect(await ids()).toBe('');
});

test.each([
  [['add'], 2, 'expected rules, or -f FILE'],
  [['add', '{'], 2, 'rule: not JSON'],
  [['add', '7'], 2, 'rule: expected a JSON object, got 7'],
  [['add', '{"effect": "explode"}'], 2, 'rule: "effect": expected one of'],
  [['add', '{"effect": "refuse"}', '{"effect": "refuse", "nth": 0}'], 2, '"nth": expected a whole number'],
  [['add', '{"effect": "refuse", "deviceIDs": [7]}'], 3, 'no device 7 in the fleet'],
  [['rm', 'nope'], 3, 'no rule "nope" is in force'],
])('%j is refused, and changes nothing', async (words, exitCode, message) => {
  expect(await fault(words)).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
  expect(await ids()).toBe('');
});
