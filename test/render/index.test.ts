import { expect, test } from 'vitest';
import { isJsonFormat, outputFormats, renderers } from '../../src/render/index.ts';
import { rendered, viewOf } from '../support/view.ts';

test('the formats are those of the manual, in its order', () => {
  expect(outputFormats).toEqual(['table', 'wide', 'json', 'ndjson', 'tsv', 'csv', 'ids']);
});

test('json and ndjson are the formats whose errors are JSON', () => {
  expect(outputFormats.filter(isJsonFormat)).toEqual(['json', 'ndjson']);
});

test.each([
  ['table', 'ID   NAME\n846  door\n'],
  ['wide', 'ID   NAME\n846  door\n'],
  ['json', '[\n  {\n    "id": 846,\n    "name": "door"\n  }\n]\n'],
  ['ndjson', '{"id":846,"name":"door"}\n'],
  ['tsv', 'id\tname\n846\tdoor\n'],
  ['csv', 'id,name\n846,door\n'],
  ['ids', '846\n'],
] as const)('%s is loaded when it is asked for, and renders', async (format, text) => {
  expect(rendered(await renderers[format].load(), viewOf([{ id: 846, name: 'door' }]))).toBe(text);
});

test('every format says what it prints', () => {
  for (const { about } of Object.values(renderers)) expect(about).toMatch(/^[a-z].{10,}[^.]$/);
});
