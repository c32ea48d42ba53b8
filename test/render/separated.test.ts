import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeControlChars } from '../../src/base/escape-control-chars.ts';
import { csv, tsv } from '../../src/render/separated.ts';
import { always } from '../support/always.ts';
import { anyText, unprintablePoints } from '../support/hostile.ts';
import { parseCsv, parseTsv } from '../support/separated-values.ts';
import { rendered, viewOf } from '../support/view.ts';

const fields = ['one', 'two', 'three'];
const rows = fc.array(fc.record({ one: anyText, two: anyText, three: anyText }), { maxLength: 5 });

describe('tsv', () => {
  test('gives every text back, whatever is in it', () => {
    always(
      rows,
      (rows) => {
        const [header, ...lines] = parseTsv(rendered(tsv, viewOf(rows, { fields })));
        expect(header).toEqual(fields);
        expect(lines).toEqual(rows.map(({ one, two, three }) => [one, two, three]));
      },
      500,
    );
  });

  test.each([
    ['a tab', 'a\tb', 'a\\tb'],
    ['a line break', 'a\nb\rc', 'a\\nb\\rc'],
    ['a backslash', 'C:\\new', 'C:\\\\new'],
    ['an escape', '\x1b[31m', '\\x1b[31m'],
    ['a formula, which no spreadsheet computes here', '=1+1', '=1+1'],
    ['quotes and commas', '"a",b', '"a",b'],
  ])('writes %s', (_what, value, cell) => {
    expect(rendered(tsv, viewOf([{ value }], { fields: ['value'] }), { hasHeader: false })).toBe(`${cell}\n`);
  });
});

describe('csv', () => {
  test('gives every text back as it is printed, guarded against being computed', () => {
    const guarded = (text: string) =>
      /^[=+\-@]/.test(text) ? `'${escapeControlChars(text)}` : escapeControlChars(text);
    always(
      rows,
      (rows) => {
        const [header, ...lines] = parseCsv(rendered(csv, viewOf(rows, { fields })));
        expect(header).toEqual(fields);
        expect(lines).toEqual(rows.map(({ one, two, three }) => [one, two, three].map(guarded)));
      },
      500,
    );
  });

  test('has no cell of text that a spreadsheet would compute', () => {
    always(
      rows,
      (rows) => {
        const [, ...lines] = parseCsv(rendered(csv, viewOf(rows, { fields })));
        for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      },
      500,
    );
  });

  test.each([
    ['a formula', '=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['a plus', '+82-2-555', "'+82-2-555"],
    ['a minus', '-door', "'-door"],
    ['an at sign', '@SUM(A1)', "'@SUM(A1)"],
    ['a list that starts with a formula', ['=1', 2], "'=1 2"],
    ['a negative number as a number', -5, '-5'],
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'a"b', '"a""b"'],
    ['a line break, on one line', 'a\r\nb', 'a\\x0d\\x0ab'],
    ['a name in Korean', '정문', '정문'],
  ])('writes %s', (_what, value, cell) => {
    expect(rendered(csv, viewOf([{ value }], { fields: ['value'] }), { hasHeader: false })).toBe(`${cell}\n`);
  });
});

describe.each([
  ['tsv', tsv, '\t'],
  ['csv', csv, ','],
])('%s', (_name, renderer, separator) => {
  const one = { id: 7, name: 'a' };

  test('of no rows is the header alone, and nothing without it', () => {
    expect(rendered(renderer, viewOf([]))).toBe(`id${separator}name\n`);
    expect(rendered(renderer, viewOf([]), { hasHeader: false })).toBe('');
  });

  test('of one and of many rows is a line each', () => {
    expect(rendered(renderer, viewOf([one]), { hasHeader: false })).toBe(`7${separator}a\n`);
    expect(rendered(renderer, viewOf([one, one, one]), { hasHeader: false }).match(/\n/g)).toHaveLength(3);
  });

  test('has the chosen fields only, in the order chosen, empty where a row has none', () => {
    const text = rendered(renderer, viewOf([one], { fields: ['name', 'port', 'id'] }));
    expect(text).toBe(`name${separator}port${separator}id\na${separator}${separator}7\n`);
  });

  test('prints no character that a terminal could obey or hide, but its own separators', () => {
    always(rows, (rows) => {
      const text = rendered(renderer, viewOf(rows, { fields }));
      expect(unprintablePoints(text.replaceAll(/[\t\n]/g, ''))).toEqual([]);
      expect(text.match(/\n/g)).toHaveLength(rows.length + 1);
    });
  });
});
