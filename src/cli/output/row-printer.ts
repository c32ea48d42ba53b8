import { escapeControlChars, escapeControlCharsInJson } from '../../base/escape-control-chars.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { type OutputFormat, renderers } from '../../render/index.ts';
import { project, type Row, type Shape } from '../../render/view.ts';

/** What rows look like that are printed as they come. */
export interface StreamShape extends Shape {
  /** A row as a line for people, without its end. Without it rows are printed as NDJSON, and no other way. */
  line?(row: Row): string;
}

/** How the rows of a stream are to be printed. */
export interface StreamOptions {
  format: OutputFormat;
  /** Whether the format was chosen, and is not the default one. */
  isChosen: boolean;
  /** The names of the fields that are wanted, parted by commas; each row's own unless given. */
  fields: string | undefined;
  hasHeader: boolean;
}

/** Turns rows into text, as often as rows come. */
export type RowPrinter = (rows: readonly Row[]) => Iterable<string>;

/**
 * Chooses how the rows of a stream are printed: for people, as NDJSON, or tab-separated.
 *
 * @throws GsdkError (USAGE) for a format that is a document, or fields that there are not
 */
export async function createRowPrinter(shape: StreamShape, options: StreamOptions): Promise<RowPrinter> {
  const { format, fields } = options;
  const { line } = shape;
  refuseDocuments(options, line !== undefined);
  const projected = fields === undefined ? undefined : project(shape, fields.split(','));
  if (line && format === 'tsv') return tsvPrinter(projected ?? shape, options.hasHeader);
  if (line && format === 'table') {
    return projected ? tsvPrinter(projected, false) : (rows) => rows.map((row) => `${escapeControlChars(line(row))}\n`);
  }
  // Rows bear their own fields: without a projection they are what the renderer would make of them.
  if (!projected) return (rows) => rows.map((row) => `${escapeControlCharsInJson(JSON.stringify(row))}\n`);
  const render = await renderers.ndjson.load();
  return (rows) => render({ ...projected, result: { rows } }, { isColored: false, hasHeader: false });
}

function refuseDocuments({ format, isChosen }: StreamOptions, hasLines: boolean): void {
  const formats = hasLines ? ['table', 'ndjson', 'tsv'] : ['ndjson'];
  if (formats.includes(format) || !(isChosen || hasLines)) return;
  throw usageError(
    `-o ${format}: what never ends is printed line by line`,
    `leave it out, or choose one of: ${formats.join(', ')}`,
  );
}

async function tsvPrinter(shape: Shape, hasHeader: boolean): Promise<RowPrinter> {
  const render = await renderers.tsv.load();
  let isFirst = hasHeader;
  return (rows) => {
    const text = render({ ...shape, result: { rows } }, { isColored: false, hasHeader: isFirst });
    isFirst = false;
    return text;
  };
}
