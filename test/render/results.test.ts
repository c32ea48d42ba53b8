import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { json } from '../../src/render/json.ts';
import { createResultShape, type DeviceResult, toResult } from '../../src/render/results.ts';
import { table } from '../../src/render/table.ts';
import { always } from '../support/always.ts';
import { rendered } from '../support/view.ts';

const context = { profile: 'site1', gateway: 'gw1:4000' };
const failure = { class: 'DEVICE', message: 'offline', stage: 'device' } as const;
const applied: DeviceResult = { deviceID: 846, ok: true, changed: true, outcome: 'applied', status: 'TCP_CONNECTED' };
const failed = (outcome: DeviceResult['outcome']): DeviceResult => ({
  ...{ deviceID: 7, ok: false, changed: false, outcome, status: null, failure },
});
const anyResult = fc.constantFrom<DeviceResult>(
  applied,
  { ...applied, changed: false },
  failed('not-applied'),
  failed('unknown'),
  failed('skipped'),
);
const shape = createResultShape(['address'], [{ field: 'address', header: 'ADDRESS' }]);
const documentOf = (results: readonly DeviceResult[]) =>
  JSON.parse(rendered(json, { ...shape, result: toResult(results, context) }));

describe('the document of a write', () => {
  test('counts every device once: worked, failed, skipped or unknown', () => {
    always(fc.array(anyResult), (results) => {
      const { summary, changed, results: rows } = documentOf(results);
      expect(summary.requested).toBe(results.length);
      expect(rows).toHaveLength(results.length);
      expect(summary.ok + summary.failed + summary.skipped + summary.unknown).toBe(summary.requested);
      expect(summary.changed).toBe(results.filter((one) => one.changed).length);
      expect(changed).toBe(summary.changed > 0);
    });
  });

  test('has all its members, and the rows in input order with all their fields', () => {
    const details = { address: '192.168.0.117:51211' };
    expect(documentOf([failed('unknown'), { ...applied, details }])).toEqual({
      results: [
        {
          ...{ deviceID: 7, address: null, ok: false, changed: false, outcome: 'unknown', status: null },
          error: { class: 'DEVICE', code: null, message: 'offline', hint: null },
        },
        {
          deviceID: 846,
          ...details,
          ok: true,
          changed: true,
          outcome: 'applied',
          status: 'TCP_CONNECTED',
          error: null,
        },
      ],
      summary: { requested: 2, ok: 1, changed: 1, failed: 0, skipped: 0, unknown: 1 },
      changed: true,
      dryRun: false,
      ...context,
    });
  });

  test('of nothing is a document all the same', () => {
    expect(documentOf([])).toMatchObject({ results: [], summary: { requested: 0, ok: 0 }, changed: false });
  });
});

test('a write fails by the fleet rule', () => {
  expect(toResult([applied, applied], context).failure).toBeUndefined();
  expect(toResult([], context).failure).toBeUndefined();
  expect(toResult([applied, failed('not-applied')], context).failure?.exitCode).toBe(7);
  expect(toResult([failed('not-applied'), failed('unknown')], context).failure?.exitCode).toBe(6);
});

test('a table shows the message of an error, not its members', () => {
  const text = rendered(table, { ...shape, result: toResult([applied, failed('not-applied')], context) });
  expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['ID', 'ADDRESS', 'OUTCOME', 'CHANGED', 'STATUS', 'ERROR'],
    ['846', 'applied', 'true', 'TCP_CONNECTED'],
    ['7', 'not-applied', 'false', 'offline'],
    [''],
  ]);
});

test('ids are those of the devices that worked', () => {
  const { rows } = toResult([applied, failed('not-applied'), { ...applied, deviceID: null }], context);
  expect(rows.map((row) => shape.deviceID?.(row))).toEqual([846, undefined, undefined]);
  expect(shape.isRead).toBe(false);
});
