import { escapeControlCharsInJson } from '../base/escape-control-chars.ts';
import type { Renderer } from './renderer.ts';
import { projectedRows } from './view.ts';

/** One JSON document. */
export const json: Renderer = function* (view) {
  const rows = projectedRows(view);
  const document = view.result.document?.(rows) ?? (view.isObject ? (rows[0] ?? null) : rows);
  yield `${escapeControlCharsInJson(JSON.stringify(document, null, 2))}\n`;
};

/** One JSON object a line, a line a row. */
export const ndjson: Renderer = function* (view) {
  for (const row of projectedRows(view)) yield `${escapeControlCharsInJson(JSON.stringify(row))}\n`;
};
