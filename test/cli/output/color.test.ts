import { expect, test } from 'vitest';
import { isColored } from '../../../src/cli/output/color.ts';

test.each([
  ['a terminal', true, {}, 'auto', true],
  ['a pipe', false, {}, 'auto', false],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, 'auto', false],
  ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, 'auto', true],
  ['a dumb terminal', true, { TERM: 'dumb' }, 'auto', false],
  ['a pipe, if colour is always wanted', false, { NO_COLOR: '1' }, 'always', true],
  ['a terminal, if colour is never wanted', true, {}, 'never', false],
] as const)('colour in %s', (_what, isTTY, env, choice, expected) => {
  expect(isColored(choice, { isTTY }, env)).toBe(expected);
});
