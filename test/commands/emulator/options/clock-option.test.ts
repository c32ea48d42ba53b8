import { expect, test } from 'vitest';
import { clockOption } from '../../../../src/commands/emulator/options/clock-option.ts';

test.each([
  ['real', 1],
  ['scaled:1', 1],
  ['scaled:20', 20],
  ['scaled:0.5', 0.5],
  ['scaled:9999', 9999],
  ['manual', 'manual'],
])('%s is %s', (text, factor) => {
  expect(clockOption(text)).toBe(factor);
});

test.each([
  '',
  'Manual',
  'manual:1',
  'scaled',
  'scaled:',
  'scaled:0',
  'scaled:0.0',
  'scaled:-1',
  'scaled:10000',
  'scaled:x',
  'Real',
  '20',
])('%j is refused', (text) => {
  expect(() => clockOption(text)).toThrow(
    expect.objectContaining({ exitCode: 2, message: `--clock: expected real, scaled:K or manual, got "${text}"` }),
  );
});
