import { escapeControlChars } from '../base/escape-control-chars.ts';
import { cellText } from './cells.ts';
import type { Renderer } from './renderer.ts';
import type { Json } from './view.ts';

/** Tab-separated values; tab, newline and backslash within a cell are `\t`, `\n` and `\\`. */
export const tsv: Renderer = (view, options) => separated(view, options, '\t', tsvCell);

/** Comma-separated values (RFC 4180), lines ended by `\n`; texts that a spreadsheet would compute start with `'`. */
export const csv: Renderer = (view, options) => separated(view, options, ',', csvCell);

function* separated(
  { result, fields }: Parameters<Renderer>[0],
  { hasHeader }: Parameters<Renderer>[1],
  separator: string,
  toCell: (value: Json | undefined) => string,
) {
  if (hasHeader) yield `${fields.join(separator)}\n`;
  for (const row of result.rows) yield `${fields.map((field) => toCell(row[field])).join(separator)}\n`;
}

const tsvEscapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };

const tsvCell = (value: Json | undefined) =>
  escapeControlChars(cellText(value).replace(/[\t\n\r\\]/g, (character) => tsvEscapes[character] ?? character));

function csvCell(value: Json | undefined): string {
  const text = escapeControlChars(cellText(value));
  const guarded = typeof value !== 'number' && /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
