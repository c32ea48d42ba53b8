import { Command } from '@commander-js/extra-typings';
import { describe, expect, test } from 'vitest';
import { groups, verbs } from '../support/command-tree.ts';
import { run } from '../support/host.ts';
import { bannedWords, summaryVerbs } from '../support/writing-rules.ts';

const all = [...groups, ...verbs.map(([words, definition]) => [words, definition] as const)];

test.each(all)('the summary of %s is an imperative of at most 60 characters', (words, { summary }) => {
  expect(summary).toMatch(/^[A-Z][^\n]*[^.\s]$/);
  expect(summary.length).toBeLessThanOrEqual(60);
  const verbsHere = groups.some(([name]) => name === words) ? ['Manage'] : summaryVerbs;
  expect(verbsHere).toContain(summary.split(' ')[0]);
});

test.each(all)('the summary of %s has no banned word', (_words, { summary }) => {
  expect(summary).not.toMatch(bannedWords);
});

describe.each(verbs)('%s', (words, { parameters }) => {
  test('has help that fits 80 columns', async () => {
    const { stdout } = await run([...words.split(' '), '--help']);
    const [, , help = ''] = /^(Examples:\n(?: {2}.*\n)+)?([\s\S]*)$/.exec(stdout) ?? [];
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('takes each option once', () => {
    const command = new Command();
    parameters?.(command);
    const flags = command.options.flatMap(({ short, long }) => [short, long].filter(Boolean));
    expect(new Set(flags).size).toBe(flags.length);
  });
});
