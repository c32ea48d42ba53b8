import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Draft, Drafts, type Finding } from './drafts.ts';

const folder = temporaryFolder();
const drafts = new Drafts();
const uses = drafts.uses.bind(drafts);

const rooms = ['base', 'cli', 'commands', 'commands/emulator', 'config', 'errors', 'gateway', 'render', 'emulator'];
const everywhere = [...rooms, 'emulator/world', 'emulator/instance'].map((room) => `src/${room}/*.ts`);
const clocks = ['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate'];
const exit = "export { exit } from 'node:process';";
const ofProcess = 'the process belongs to bin; take a name from node:process, or the Host';

const consoles = [...everywhere, 'test/e2e/*.ts'].map((path) =>
  drafts.writes(path, 'console', "console.log('hello');"),
);
const environments = everywhere.map((path) =>
  drafts.writes(path, 'process.env', 'export const home = process.env.HOME;'),
);
const processes = everywhere.flatMap((path) => uses(path, 'process'));
const exits = everywhere.map((path) => drafts.writes(path, 'exit of node:process', exit));
const times = [...uses('src/emulator/*.ts', ...clocks), ...uses('src/emulator/gateway/*.ts', ...clocks)];

const allowed = [
  ...uses('src/cli/*.ts', ...clocks),
  ...uses('src/emulator/instance/*.ts', 'Date', 'setTimeout'),
  ...uses('src/emulator/clock/real.ts', '[Date, performance, setTimeout]'),
  ...uses('src/emulator/server/certificates.ts', 'Date'),
  ...uses('bin/*.js', 'console', 'process.env', 'process.exit'),
  ...uses('tools/*.js', 'console', 'process.env'),
  ...uses('test/e2e/*.ts', 'process.env.PATH'),
  drafts.writes('src/cli/*.ts', 'execPath of node:process', "export { execPath } from 'node:process';"),
];

let found: (draft: Draft) => Finding[];
beforeAll(async () => {
  found = await drafts.lint(folder);
}, 40_000);

test.each(consoles)('%s may not use %s: only bin prints', (_path, _what, draft) => {
  expect(found(draft).map(({ rule }) => rule)).toEqual(['lint/suspicious/noConsole']);
});

test.each(environments)('%s may not use %s', (_path, _what, draft) => {
  expect(found(draft).map(({ rule }) => rule)).toContain('lint/style/noProcessEnv');
});

test.each(processes)('%s may not use %s', (_path, name, draft) => {
  const message = `Do not use the global variable ${name}.`;
  expect(found(draft)).toEqual([{ rule: 'lint/style/noRestrictedGlobals', message }]);
});

test.each(exits)('%s may not use %s', (_path, _what, draft) => {
  expect(found(draft)).toEqual([{ rule: 'lint/style/noRestrictedImports', message: ofProcess }]);
});

test.each(times)('%s may not use %s: time is injected', (_path, name, draft) => {
  const message = `Do not use the global variable ${name}.`;
  expect(found(draft)).toEqual([{ rule: 'lint/style/noRestrictedGlobals', message }]);
});

test.each(allowed)('%s may use %s', (_path, _what, draft) => {
  expect(found(draft)).toEqual([]);
});
