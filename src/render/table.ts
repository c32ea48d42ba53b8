import { styleText } from 'node:util';
import Table from 'cli-table3';
import { escapeControlChars } from '../base/escape-control-chars.ts';
import { cellText } from './cells.ts';
import type { Renderer, RenderOptions } from './renderer.ts';
import { type Column, projectedRows, type View } from './view.ts';

/** Aligned columns for people. */
export const table: Renderer = (view, options) =>
  grid(
    view,
    options,
    view.columns.filter(({ isWide }) => !isWide),
  );

/** Aligned columns, all there are. */
export const wide: Renderer = (view, options) => grid(view, options, view.columns);

const gap = '  ';

const noBorders = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((part) => [`${side}${part}`, '']),
  ),
);

function* grid(view: View, { isColored, terminalWidth }: RenderOptions, columns: readonly Column[]) {
  const { text } = view.result;
  if (text !== undefined) {
    yield typeof text === 'string' ? text : text(projectedRows(view));
    return;
  }
  const heading = columns.map(({ header }) =>
    isColored ? styleText('bold', header, { validateStream: false }) : header,
  );
  const cells = view.result.rows.map((row) =>
    columns.map(({ field, cell }) => escapeControlChars(cellText(cell ? cell(row) : row[field]))),
  );
  const rows = [heading, ...cells];
  const widths = pieces(rows).reduce((widest, piece) => wider(widest, aligned(piece, []).widths), [] as number[]);
  const fit = fitted(widths, terminalWidth) ?? widths;
  for (const piece of pieces(rows)) yield aligned(piece, fit).text;
}

/** How many rows are laid out at once: the table library takes the square of their number. */
const pieceLength = 100;

const pieces = (rows: readonly string[][]) =>
  Array.from({ length: Math.ceil(rows.length / pieceLength) }, (_, index) =>
    rows.slice(index * pieceLength, (index + 1) * pieceLength),
  );

const wider = (one: readonly number[], other: readonly number[]) =>
  other.map((width, column) => Math.max(width, one[column] ?? 0));

/** Lays rows out in columns of these widths, or of the widths that they need. */
function aligned(rows: readonly string[][], colWidths: readonly number[]) {
  const layout = new Table({
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: { ...noBorders, middle: gap },
    colWidths: [...colWidths],
  });
  layout.push(...rows);
  const lines = layout.toString().split('\n');
  return { text: lines.map((line) => `${line.trimEnd()}\n`).join(''), widths: layout.options.colWidths.map(Number) };
}

/** Widths that fit the terminal, the widest column giving way first; `undefined` when the rows fit as they are. */
function fitted(widths: readonly number[], terminalWidth = Number.POSITIVE_INFINITY): number[] | undefined {
  const fit = [...widths];
  let excess = fit.reduce((sum, width) => sum + width, 0) + gap.length * (fit.length - 1) - terminalWidth;
  if (excess <= 0) return undefined;
  for (; excess > 0; excess--) {
    const widest = fit.indexOf(Math.max(...fit));
    fit[widest] = Math.max(1, (fit[widest] ?? 1) - 1);
  }
  return fit;
}
