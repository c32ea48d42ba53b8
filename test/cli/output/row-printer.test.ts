import { describe, expect, test } from 'vitest';
import { createRowPrinter, type StreamOptions, type StreamShape } from '../../../src/cli/output/row-printer.ts';
import type { OutputFormat } from '../../../src/render/index.ts';
import type { Row } from '../../../src/render/view.ts';

const fields = ['id', 'name', 'more'];
const shape: StreamShape = { isRead: true, fields, columns: fields.map((field) => ({ field, header: field })) };
const forPeople: StreamShape = { ...shape, line: ({ id, name }) => `${name} is ${id}` };
const rows: Row[] = [
  { id: 1, name: 'lobby' },
  { name: 'gate', id: 2 },
];

/** How rows are printed that come one after the other. */
async function printed(of: StreamShape, options: Partial<StreamOptions> & { format: OutputFormat }): Promise<string> {
  const toText = await createRowPrinter(of, { isChosen: true, fields: undefined, hasHeader: true, ...options });
  return rows.flatMap((row) => [...toText([row])]).join('');
}

describe('rows with a line for people', () => {
  test('are lines unless another format is asked for', async () => {
    expect(await printed(forPeople, { format: 'table', isChosen: false })).toBe('lobby is 1\ngate is 2\n');
  });

  test('are NDJSON with the fields that each has, in its own order', async () => {
    expect(await printed(forPeople, { format: 'ndjson' })).toBe('{"id":1,"name":"lobby"}\n{"name":"gate","id":2}\n');
  });

  test('are TSV with every field, below one header', async () => {
    expect(await printed(forPeople, { format: 'tsv' })).toBe('id\tname\tmore\n1\tlobby\t\n2\tgate\t\n');
    expect(await printed(forPeople, { format: 'tsv', hasHeader: false })).toBe('1\tlobby\t\n2\tgate\t\n');
  });

  test.each<[OutputFormat, string]>([
    ['table', 'lobby\t1\ngate\t2\n'],
    ['tsv', 'name\tid\nlobby\t1\ngate\t2\n'],
    ['ndjson', '{"name":"lobby","id":1}\n{"name":"gate","id":2}\n'],
  ])('as %s with --fields are those, in that order', async (format, text) => {
    expect(await printed(forPeople, { format, fields: 'name,id' })).toBe(text);
  });

  test('have what moves the cursor escaped', async () => {
    const toText = await createRowPrinter(forPeople, {
      format: 'table',
      isChosen: false,
      fields: undefined,
      hasHeader: true,
    });
    expect([...toText([{ id: 1, name: 'a\u001b[2J' }])].join('')).not.toContain('\u001b');
  });

  test.each<OutputFormat>(['json', 'csv', 'wide', 'ids'])('cannot be %s', async (format) => {
    await expect(printed(forPeople, { format, isChosen: false })).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('rows without one', () => {
  test('are NDJSON', async () => {
    const text = '{"id":1,"name":"lobby"}\n{"name":"gate","id":2}\n';
    expect(await printed(shape, { format: 'table', isChosen: false })).toBe(text);
    expect(await printed(shape, { format: 'ndjson' })).toBe(text);
  });

  test.each<OutputFormat>(['table', 'tsv', 'json'])('cannot be %s if that is asked for', async (format) => {
    await expect(printed(shape, { format })).rejects.toMatchObject({ exitCode: 2 });
  });
});

test('fields that there are not are refused before anything is printed', async () => {
  await expect(printed(forPeople, { format: 'ndjson', fields: 'nope' })).rejects.toMatchObject({ exitCode: 2 });
});
