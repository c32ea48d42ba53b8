import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellQuote } from '../../src/base/shell-quote.ts';
import { always } from '../support/always.ts';

/** What a shell makes of a word. */
const toShell = (word: string) => execFileSync('/bin/sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' });

test('a shell reads back exactly what was written, whatever it is', () => {
  const part = fc.constantFrom("'", '"', '$HOME', '`id`', '\\', ' ', '\n', '!', '*', '정문', '-n', ';', '#', 'a');
  always(
    fc.array(part).map((parts) => parts.join('')),
    (text) => expect(toShell(shellQuote(text))).toBe(text),
    30,
  );
});

test.each([
  ['/tmp/ca.crt', "'/tmp/ca.crt'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
])('%s is written %s', (text, word) => {
  expect(shellQuote(text)).toBe(word);
});
