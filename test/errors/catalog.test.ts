import { Command } from '@commander-js/extra-typings';
import { describe, expect, test } from 'vitest';
import { settings, toFlag } from '../../src/config/settings.ts';
import { catalog } from '../../src/errors/catalog/index.ts';
import { groups, verbs } from '../support/command-tree.ts';

const globalFlags = ['--json', '--fields', '--names', '--no-header', '--quiet', '--verbose', '--help', '--version'];
const flagsOfEvery = new Set([...globalFlags, ...Object.keys(settings).map(toFlag), '-o', '-q', '-v', '-V', '-h']);

const flagsByCommand = new Map(
  verbs.map(([words, { parameters }]) => {
    const command = new Command();
    parameters?.(command);
    return [words, command.options.flatMap(({ short, long }) => [short, long])];
  }),
);

/** Returns the flags that do not exist, or the whole line if it names no command. */
function findUnknown(line: string): string[] {
  const words = line.split(' ').slice(1);
  const own = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  for (let length = own === -1 ? words.length : own; length >= 0; length -= 1) {
    const path = words.slice(0, length).join(' ');
    const isGroup = path === '' || groups.some(([name]) => name === path);
    const flags = flagsByCommand.get(path) ?? (isGroup && words[length]?.startsWith('-') ? [] : undefined);
    if (flags === undefined) continue;
    const used = words.filter((word) => word.startsWith('-') && word !== '-' && word !== '--');
    return used.filter((word) => !flagsOfEvery.has(word) && !flags.includes(word));
  }
  return [line];
}

test('the check of hints finds commands and flags that do not exist', () => {
  expect(findUnknown('gsdk device lst')).toEqual(['gsdk device lst']);
  expect(findUnknown('gsdk device ls --bogus')).toEqual(['--bogus']);
  expect(findUnknown('gsdk device ls --connected -o ids')).toEqual([]);
  expect(findUnknown('gsdk device --help')).toEqual([]);
});

test('no two errors share an ID', () => {
  const ids = catalog.map(({ definition }) => definition.id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(catalog.map(({ definition }) => [definition.id, definition] as const))('%s', (id, definition) => {
  test('has an ID in upper case, a message of one line without a period, and a hint', () => {
    expect(id).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
    expect(definition.message(definition.example)).toMatch(/^[^\n]+[^.\s]$/);
    expect(definition.hint(definition.example)).toMatch(/^[A-Z][^\n]+$/);
  });

  test('has a hint whose commands and flags exist', () => {
    const hint = definition.hint(definition.example);
    const lines = [...hint.matchAll(/`([^`]+)`/g)].map(([, line = '']) => line);
    for (const line of lines.filter((text) => text.startsWith('gsdk'))) expect(findUnknown(line)).toEqual([]);
    const known = new Set([...flagsOfEvery, ...[...flagsByCommand.values()].flat()]);
    for (const line of lines.filter((text) => text.startsWith('-'))) expect(known).toContain(line.split(' ')[0]);
  });
});
