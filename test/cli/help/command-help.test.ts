import { expect, test } from 'vitest';
import { addCommandHelp, wrapParagraphs } from '../../../src/cli/help/command-help.ts';

test('the help of a command starts with examples and ends with its exit codes', () => {
  const added: [string, string][] = [];
  addCommandHelp(
    { addHelpText: (position, text) => added.push([position, text]) },
    {
      summary: 'Do one thing',
      examples: ['gsdk one', 'gsdk two'],
      description: 'mind the step',
      exitCodes: [5, 124],
      run: () => {},
    },
  );
  const [[before, examples] = [], [after, rest = ''] = []] = added;
  expect([before, examples]).toEqual(['before', 'Examples:\n  gsdk one\n  gsdk two\n']);
  expect(after).toBe('after');
  expect(rest).toContain('mind the step');
  expect([...rest.matchAll(/^ {2}(\d+) +\S/gm)].map(([, code]) => Number(code))).toEqual([0, 1, 2, 5, 124]);
});

test.each([
  ['short lines are joined', 'one\ntwo', 'one two'],
  ['a blank line separates paragraphs', 'one\n\ntwo', 'one\n\ntwo'],
  ['an indented line stays', 'one\n  gsdk two\nthree', 'one\n  gsdk two\nthree'],
  ['a long paragraph is wrapped', `${'word '.repeat(20)}end`, `${'word '.repeat(16).trim()}\n${'word '.repeat(4)}end`],
])('%s', (_what, text, expected) => {
  expect(wrapParagraphs(text)).toBe(expected);
});
