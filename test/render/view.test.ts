import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { project, projectedRows } from '../../src/render/view.ts';
import { always } from '../support/always.ts';
import { viewOf } from '../support/view.ts';

const fields = ['id', 'name', 'port'];
const shape = viewOf([], {
  fields,
  columns: [
    { field: 'id', header: 'ID' },
    { field: 'name', header: 'NAME', isWide: true, cell: () => 'shown' },
  ],
});

describe('a projection', () => {
  test('keeps any choice of fields, in the order chosen, and everything else of the shape', () => {
    always(fc.shuffledSubarray(fields, { minLength: 1 }), (names) => {
      const projected = project(shape, names);
      expect(projected.fields).toEqual(names);
      expect(projected.columns.map(({ field }) => field)).toEqual(names);
      expect(projected.deviceID).toBe(shape.deviceID);
      expect(projected.isRead).toBe(true);
    });
  });

  test('shows a chosen column in every table, with its own heading and cells', () => {
    const [column] = project(shape, ['name']).columns;
    expect(column).toMatchObject({ field: 'name', header: 'NAME' });
    expect(column?.isWide).toBeUndefined();
    expect(column?.cell?.({})).toBe('shown');
  });

  test('makes a column of a field that has none, under its own name', () => {
    expect(project(shape, ['port']).columns).toEqual([{ field: 'port', header: 'port' }]);
  });

  test.each(['', 'ID', ' id', 'constructor', '__proto__', 'nope'])('refuses %j, and lists what there is', (name) => {
    expect(() => project(shape, ['id', name])).toThrow(`expected some of id,name,port, got "${name}"`);
  });
});

describe('projected rows', () => {
  test('have the fields of the shape, null where a row has none', () => {
    const view = viewOf(
      [
        { id: 1, extra: true },
        { name: 'door', id: 2 },
      ],
      { fields: ['name', 'id'] },
    );
    expect(projectedRows(view)).toEqual([
      { name: null, id: 1 },
      { name: 'door', id: 2 },
    ]);
    expect(Object.keys(projectedRows(view)[1] ?? {})).toEqual(['name', 'id']);
  });

  test('keep zero, false and the empty text', () => {
    const row = { a: 0, b: false, c: '' };
    expect(projectedRows(viewOf([row], { fields: ['a', 'b', 'c'] }))).toEqual([row]);
  });
});
