import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { json, ndjson } from '../../src/render/json.ts';
import type { Row } from '../../src/render/view.ts';
import { always } from '../support/always.ts';
import { anyText, unprintablePoints } from '../support/hostile.ts';
import { rendered, viewOf } from '../support/view.ts';

const rows = fc.array(fc.record({ id: fc.nat(), name: fc.oneof(anyText, fc.constant(null), fc.boolean()) }));
const many: Row[] = [
  { id: 1, name: 'one' },
  { id: 2, name: '정문' },
];

describe('json', () => {
  test('holds exactly the rows, whatever is in them', () => {
    always(rows, (rows) => expect(JSON.parse(rendered(json, viewOf(rows)))).toEqual(rows));
  });

  test('of no rows is an empty list, of one row a list of one', () => {
    expect(rendered(json, viewOf([]))).toBe('[]\n');
    expect(JSON.parse(rendered(json, viewOf([{ id: 1, name: 'one' }])))).toEqual([{ id: 1, name: 'one' }]);
  });

  test('is indented for people, and ends with a line break', () => {
    expect(rendered(json, viewOf(many))).toBe(`${JSON.stringify(many, null, 2)}\n`);
  });

  test('of settings is the object itself, and null if there is none', () => {
    expect(JSON.parse(rendered(json, viewOf([{ id: 1, name: 'one' }], { isObject: true })))).toEqual({
      id: 1,
      name: 'one',
    });
    expect(rendered(json, viewOf([], { isObject: true }))).toBe('null\n');
  });

  test('of a write is the document around the rows', () => {
    const view = viewOf(many, { fields: ['id'], document: (rows) => ({ results: rows, dryRun: false }) });
    expect(JSON.parse(rendered(json, view))).toEqual({ results: [{ id: 1 }, { id: 2 }], dryRun: false });
  });
});

describe('ndjson', () => {
  test('holds a row a line, whatever is in them', () => {
    always(rows, (rows) => {
      const lines = rendered(ndjson, viewOf(rows)).split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
    });
  });

  test('of no rows is nothing, and of a write the rows alone', () => {
    expect(rendered(ndjson, viewOf([]))).toBe('');
    const view = viewOf(many, { document: () => ({ results: 'not shown' }) });
    expect(rendered(ndjson, view)).toBe('{"id":1,"name":"one"}\n{"id":2,"name":"정문"}\n');
  });
});

describe.each([
  ['json', json],
  ['ndjson', ndjson],
])('%s', (_name, renderer) => {
  test('has the chosen fields only, in the order chosen, null where a row has none', () => {
    const text = rendered(renderer, viewOf([{ id: 1, name: 'one' }], { fields: ['name', 'port', 'id'] }));
    expect(text.replaceAll(/[\s[\]]/g, '')).toBe('{"name":"one","port":null,"id":1}');
  });

  test('prints no character that a terminal could obey or hide', () => {
    always(rows, (rows) => {
      expect(unprintablePoints(rendered(renderer, viewOf(rows)).replaceAll('\n', ''))).toEqual([]);
    });
  });

  test('keeps the name __proto__ as any other', () => {
    const row: Row = JSON.parse('{"id":1,"__proto__":"x"}');
    expect(rendered(renderer, viewOf([row], { fields: ['id', '__proto__'] }))).toContain('"__proto__"');
  });
});
