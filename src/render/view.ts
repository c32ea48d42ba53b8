import { type GsdkError, usageError } from '../errors/gsdk-error.ts';
import type { Described } from './field-types.ts';

/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One row of a result: its fields by name, in the spelling of the API. */
export type Row = { readonly [field: string]: Json };

/** A column of a table: the field that it shows, and its heading. */
export interface Column {
  field: string;
  header: string;
  /** Shown by `wide` only. */
  isWide?: true;
  /** What to show instead of the field itself. */
  cell?(row: Row): Json;
}

/** What the result of a command looks like. Known before anything is asked, so that output options can be checked first. */
export interface Shape extends Described {
  /** Every field that a row has, in the order in which they are printed. */
  fields: readonly string[];
  columns: readonly Column[];
  /** The device ID of a row, for `ids`; `undefined` leaves the row out. Without it, `ids` is refused. */
  deviceID?(row: Row): number | undefined;
  /** What is printed where no format was chosen; a table unless it is made for other programs. */
  format?: 'json';
  /** The row itself is the document of `json`: for settings, which are one object and not a list. */
  isObject?: true;
  /**
   * What `json` puts around the rows: the document of a write to devices, or of a change of the accept filter. Of
   * `lines` there is no document: each is an object with those fields that it needs.
   */
  documentKind?: 'results' | 'filterChange' | 'lines';
  /** Whether the command changes nothing: then a reader that goes away ends it quietly. */
  isRead: boolean;
}

/** What a command found or did. */
export interface Result {
  rows: readonly Row[];
  /** Puts the rows into the document that `json` prints; without it that is the bare array. */
  document?(rows: readonly Row[]): Json;
  /** What `table` prints instead of a table, or how it is made of the rows. */
  text?: string | ((rows: readonly Row[]) => string);
  /** The code of an answer that is no failure: 8 for "no". */
  exitCode?: number;
  /** What went wrong, reported after the result was printed. */
  failure?: GsdkError | undefined;
}

/** A result in its shape: what renderers turn into text. */
export interface View extends Shape {
  result: Result;
}

/**
 * Keeps only the named fields of a shape, in the order named.
 *
 * @throws GsdkError (USAGE) when a name is not a field of it
 */
export function project(shape: Shape, names: readonly string[]): Shape {
  for (const name of names) {
    if (!shape.fields.includes(name)) {
      throw usageError(
        `--fields: expected some of ${shape.fields.join(',')}, got "${name}"`,
        'list them: --fields help',
      );
    }
  }
  const columns = names.map(
    (name) => shape.columns.find(({ field }) => field === name) ?? { field: name, header: name },
  );
  return { ...shape, fields: names, columns: columns.map(({ isWide: _, ...column }) => column) };
}

/** The rows of a view with the fields of its shape only. */
export function projectedRows({ fields, result }: View): Row[] {
  return result.rows.map((row) => Object.fromEntries(fields.map((field) => [field, row[field] ?? null])));
}
