import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { table, wide } from '../../src/render/table.ts';
import { always } from '../support/always.ts';
import { cellsOf } from '../support/cells.ts';
import { anyText, unprintablePoints } from '../support/hostile.ts';
import { rendered, viewOf } from '../support/view.ts';

const word = fc
  .array(fc.constantFrom('a', 'Z', '7', '.', '정', '문', '日', '🚪', '👍', 'ñ', '중 앙'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(''));
const rows = fc.array(fc.record({ id: fc.nat(), name: word, place: word }), { maxLength: 6 });
const fields = ['id', 'name', 'place'];

/** The same table, padded by hand. */
function aligned(lines: readonly string[][]): string {
  const widths = fields.map((_, column) => Math.max(...lines.map((line) => cellsOf(line[column] ?? ''))));
  const padded = lines.map((line) =>
    line.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - cellsOf(cell))).join('  '),
  );
  return padded.map((line) => `${line.trimEnd()}\n`).join('');
}

describe('a table', () => {
  test('is aligned in cells of the terminal, Korean and emoji too', () => {
    always(rows, (rows) => {
      const lines = rows.map(({ id, name, place }) => [String(id), name, place]);
      expect(rendered(table, viewOf(rows, { fields }))).toBe(aligned([['ID', 'NAME', 'PLACE'], ...lines]));
    });
  });

  test('of many rows has the same columns from the first to the last', () => {
    const many = Array.from({ length: 1234 }, (_, id) => ({
      id,
      name: '문'.repeat(1 + (id % 7)),
      place: `${id ** 2}`,
    }));
    const lines = many.map(({ id, name, place }) => [String(id), name, place]);
    expect(rendered(table, viewOf(many, { fields }))).toBe(aligned([['ID', 'NAME', 'PLACE'], ...lines]));
  });

  test('of no rows is the heading, of one row two lines', () => {
    expect(rendered(table, viewOf([]))).toBe('ID  NAME\n');
    expect(rendered(table, viewOf([{ id: 846, name: '정문' }]))).toBe('ID   NAME\n846  정문\n');
  });

  test('shows what the column says instead of the field, and nothing where a row has none', () => {
    const columns = [
      { field: 'id', header: 'ID', cell: () => 'shown' },
      { field: 'port', header: 'PORT' },
    ];
    expect(rendered(table, viewOf([{ id: 1 }], { columns }))).toBe('ID     PORT\nshown\n');
  });

  test('is one line a row and without control characters, whatever is in the cells', () => {
    always(fc.array(fc.record({ id: anyText, name: anyText })), (rows) => {
      const text = rendered(table, viewOf(rows));
      expect(text.match(/\n/g)).toHaveLength(rows.length + 1);
      expect(unprintablePoints(text.replaceAll('\n', ''))).toEqual([]);
    });
  });

  test('leaves wide columns to the wide table', () => {
    const columns = [
      { field: 'id', header: 'ID' },
      { field: 'name', header: 'NAME', isWide: true as const },
    ];
    const view = viewOf([{ id: 1, name: 'door' }], { columns });
    expect(rendered(table, view)).toBe('ID\n1\n');
    expect(rendered(wide, view)).toBe('ID  NAME\n1   door\n');
  });

  test('gives way to a text of the result, even an empty one', () => {
    expect(rendered(table, viewOf([{ id: 1 }], { text: 'as it is\n' }))).toBe('as it is\n');
    expect(rendered(wide, viewOf([{ id: 1 }], { text: '' }))).toBe('');
  });

  test('has a bold heading where colour is wanted, and is the same without it', () => {
    const view = viewOf([{ id: 846, name: '정문' }]);
    const colored = rendered(table, view, { isColored: true });
    expect(colored).toContain('\x1b[1mNAME\x1b[22m');
    expect(stripVTControlCharacters(colored)).toBe(rendered(table, view));
  });
});

describe('a terminal', () => {
  test('that is narrow gets no line that is wider than itself', () => {
    always(fc.record({ rows, terminalWidth: fc.integer({ min: 10, max: 60 }) }), ({ rows, terminalWidth }) => {
      const lines = rendered(table, viewOf(rows, { fields }), { terminalWidth }).trimEnd().split('\n');
      expect(lines.length).toBe(rows.length + 1);
      for (const line of lines) expect(cellsOf(line)).toBeLessThanOrEqual(terminalWidth);
    });
  });

  test('cuts the widest column first and marks the cut', () => {
    const view = viewOf([{ id: 846, name: 'a door with a very long name' }]);
    expect(rendered(table, view, { terminalWidth: 15 })).toBe('ID   NAME\n846  a door wi…\n');
  });

  test('that is wide enough changes nothing, to the last cell', () => {
    const view = viewOf([{ id: 846, name: '정문' }]);
    expect(rendered(table, view, { terminalWidth: 9 })).toBe(rendered(table, view));
    expect(rendered(table, view, { terminalWidth: 8 })).toContain('…');
  });

  test.each([0, 1, 3])('of %d columns still gets every row', (terminalWidth) => {
    const view = viewOf([{ id: 1, name: 'door' }], {});
    expect(rendered(table, view, { terminalWidth }).match(/\n/g)).toHaveLength(2);
  });
});
