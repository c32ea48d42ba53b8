import { combineFailures } from '../errors/combine-failures.ts';
import { type Failure, GsdkError, type Outcome } from '../errors/gsdk-error.ts';
import type { Column, Json, Result, Row, Shape } from './view.ts';

/** What became of one device in a write. */
export interface DeviceResult {
  deviceID: number | null;
  /** Fields of this command alone, such as the address that was given. */
  details?: Row;
  /** Whether the device is now as wanted, and was seen so. */
  ok: boolean;
  /** Whether this run changed anything. */
  changed: boolean;
  outcome: Outcome;
  /** The status last seen in the list of the gateway. */
  status: string | null;
  failure?: Failure | undefined;
}

/** The shape of a write to devices: one row a device, in input order. */
export function createResultShape(fields: readonly string[], columns: readonly Column[]): Shape {
  return {
    isRead: false,
    documentKind: 'results',
    nullable: ['deviceID', ...fields, 'status', 'error'],
    fields: ['deviceID', ...fields, 'ok', 'changed', 'outcome', 'status', 'error'],
    columns: [
      { field: 'deviceID', header: 'ID' },
      ...columns,
      { field: 'outcome', header: 'OUTCOME' },
      { field: 'changed', header: 'CHANGED' },
      { field: 'status', header: 'STATUS' },
      { field: 'error', header: 'ERROR', cell: ({ error }) => (error as { message?: string } | null)?.message ?? '' },
    ],
    deviceID: ({ deviceID, ok }) => (ok && deviceID !== null ? Number(deviceID) : undefined),
  };
}

/**
 * A write to devices as a result: a row for each, and their sum in the document.
 *
 * @param context the profile and the gateway as the user named them
 * @param unseen why the list of the gateway could not be looked at afterwards; what it answered is all there is
 */
export function toResult(results: readonly DeviceResult[], context: Row, unseen?: GsdkError): Result {
  const count = (isCounted: (result: DeviceResult) => boolean) => results.filter(isCounted).length;
  const summary = {
    requested: results.length,
    ok: count(({ ok }) => ok),
    changed: count(({ changed }) => changed),
    failed: count(({ ok, outcome }) => !ok && outcome !== 'skipped' && outcome !== 'unknown'),
    skipped: count(({ outcome }) => outcome === 'skipped'),
    unknown: count(({ outcome }) => outcome === 'unknown'),
  };
  return {
    rows: results.map(({ details, failure, ...result }) => ({ ...result, ...details, error: errorCell(failure) })),
    document: (rows) => ({ results: rows, summary, changed: summary.changed > 0, dryRun: false, ...context }),
    failure: combineFailures(results.map(({ failure }) => failure)) ?? answered(unseen),
  };
}

/** Everything was answered as done: the error is that nobody saw it, and the same again would do it twice. */
const answered = (unseen: GsdkError | undefined) => unseen && new GsdkError({ ...unseen.failure, outcome: 'applied' });

const errorCell = (failure: Failure | undefined): Json =>
  failure
    ? { class: failure.class, code: failure.code ?? null, message: failure.message, hint: failure.hint ?? null }
    : null;
