import { expect, test } from 'vitest';
import { ids } from '../../src/render/ids.ts';
import { rendered, viewOf } from '../support/view.ts';

test.each([
  ['no row is no output', [], ''],
  ['one row is one line', [846], '846\n'],
  ['many rows are a line each, in their order', [939504224, 846, 4294967295], '939504224\n846\n4294967295\n'],
])('%s', (_what, list, text) => {
  expect(rendered(ids, viewOf(list.map((id) => ({ id }))))).toBe(text);
});

test('a row without a device is left out', () => {
  expect(rendered(ids, viewOf([{ id: 846 }, { id: null }, { id: 7 }]))).toBe('846\n7\n');
});

test('neither the header nor the fields that were chosen change it', () => {
  const view = viewOf([{ id: 846, name: 'door' }], { fields: ['name'] });
  expect(rendered(ids, view, { hasHeader: false, terminalWidth: 1 })).toBe('846\n');
});
