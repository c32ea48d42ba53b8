import { expect, test } from 'vitest';
import { clockOption } from '../../../src/commands/emulator/clock.ts';

test.each([
  ['real', 1],
  ['scaled:1', 1],
  ['scaled:20', 20],
  ['scaled:0.5', 0.5],
  ['scaled:9999', 9999],
])('%s is %d times as fast', (text, factor) => {
  expect(clockOption(text)).toBe(factor);
});

test.each([
  '',
  'manual',
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
    expect.objectContaining({ exitCode: 2, message: `--clock: expected real or scaled:K, got "${text}"` }),
  );
});
