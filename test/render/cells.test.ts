import { expect, test } from 'vitest';
import { cellText } from '../../src/render/cells.ts';

test.each([
  ['nothing', undefined, ''],
  ['null', null, ''],
  ['a text as it is', ' a "b" ', ' a "b" '],
  ['an empty text', '', ''],
  ['zero', 0, '0'],
  ['a number', -1.5, '-1.5'],
  ['a boolean', false, 'false'],
  ['a list of plain values, parted by spaces', [1, 'two', true, 3], '1 two true 3'],
  ['an empty list', [], ''],
  ['an object as JSON', { code: 'NOT_FOUND', at: [1] }, '{"code":"NOT_FOUND","at":[1]}'],
  ['a list of objects as JSON', [{ id: 1 }, { id: 2 }], '[{"id":1},{"id":2}]'],
  ['a list of lists as JSON', [[1], [2]], '[[1],[2]]'],
  ['a list with null as JSON', [1, null], '[1,null]'],
])('shows %s', (_what, value, text) => {
  expect(cellText(value)).toBe(text);
});
