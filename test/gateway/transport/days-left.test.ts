import { describe, expect, test } from 'vitest';
import { countDaysLeft } from '../../../src/gateway/transport/days-left.ts';

const dayMs = 86_400_000;

describe('the days that are left', () => {
  const notAfter = new Date('2030-01-02T00:00:00Z');
  const at = (text: string) => countDaysLeft({ notAfter }, new Date(text).getTime());

  test.each([
    ['2030-01-01T00:00:00Z', 1],
    ['2030-01-01T00:00:01Z', 0],
    ['2030-01-02T00:00:01Z', -1],
    ['2029-12-03T00:00:00Z', 30],
  ])('are whole ones: at %s %d', (now, days) => {
    expect(at(now)).toBe(days);
  });

  test('are counted from now', () => {
    expect(countDaysLeft({ notAfter: new Date(Date.now() + 2.5 * dayMs) })).toBe(2);
  });
});
