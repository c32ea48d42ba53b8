import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { defaultBehaviorSwitches, type Switch, switches } from '../../../src/emulator/fidelity/behavior-switches.ts';
import { fidelity } from '../../../src/emulator/index.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const behaviour = readFileSync(new URL('../../../docs/gateway-behaviour.md', import.meta.url), 'utf8');

/** What the tests of the emulator have between quotes and begins with a statement: titles, and rows that are titles. */
const titles = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.endsWith('fidelity.test.ts'))
  .flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').match(/(?<=['"`])(?:F\d\d )+[^'"`\n]*/g) ?? []);

test.each(fidelity().map(({ statement }) => statement))('%s has a test that is named after it', (statement) => {
  expect(titles.filter((title) => title.includes(`${statement} `))).not.toEqual([]);
});

test.each(Object.entries<Switch>(switches))(
  'the switch %s has a test of what is not its default',
  (name, { statement }) => {
    expect(titles.filter((title) => title.includes(`${statement} assumption ${name}: `))).not.toEqual([]);
  },
);

test('every statement that a test names is in the table', () => {
  const named = new Set(titles.flatMap((title) => title.match(/\bF\d\d\b/g) ?? []));
  const listed = fidelity().map(({ statement }) => statement);
  expect([...named].filter((statement) => !listed.includes(statement))).toEqual([]);
});

test('every statement of the table is one of the behaviour page', () => {
  expect(fidelity().filter(({ statement }) => !new RegExp(`\\b${statement}\\b`).test(behaviour))).toEqual([]);
});

test('the table has a line for each fact and each switch, in the order of the statements', () => {
  const rows = fidelity();
  const statements = rows.map(({ statement }) => statement);
  expect(statements).toEqual(statements.toSorted());
  expect(rows.filter((row) => row.switch === undefined && row.mark !== 'A').length).toBeGreaterThan(50);
  expect(rows.flatMap((row) => row.switch ?? []).toSorted()).toEqual(Object.keys(switches).toSorted());
});

test('the table tells the default of each switch, and what is set instead', () => {
  const settingIn = (rows: ReturnType<typeof fidelity>, name: string) => rows.find((row) => row.switch === name)?.value;
  expect(settingIn(fidelity(), 'deviceRetryMs')).toBe(24_000);
  expect(settingIn(fidelity(), 'restartForgets')).toBe(true);
  expect(settingIn(fidelity({ deviceRetryMs: 1 }), 'deviceRetryMs')).toBe(1);
});

test('the default of a switch is the first of its values', () => {
  expect(defaultBehaviorSwitches).toMatchObject({
    onIdMismatch: 'reject',
    sslChangeEndsSession: true,
    dialTimeoutMs: 5_000,
  });
});
