import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addToFilter,
  allowAll,
  disallowAll,
  type FilterChange,
  findLockedOut,
  isAccepted,
  isSameFilter,
  listedOnly,
  removeFromFilter,
} from '../../../src/gateway/operations/filter-change.ts';
import { always } from '../../support/always.ts';
import { acceptFilter, managed } from '../../support/fake-gateway.ts';

const id = fc.integer({ min: 1, max: 12 });
const ids = fc.uniqueArray(id, { maxLength: 6 });
const everybody = Array.from({ length: 12 }, (_, index) => index + 1);
const texts = fc.array(fc.ipV4(), { maxLength: 2 });
const anyFilter = fc.record({ allowAll: fc.boolean(), deviceIDs: ids, IPAddrs: texts, subnetMasks: texts });
const closedFilter = anyFilter.map((filter) => ({ ...filter, allowAll: false }));
const accepted = (filter: Parameters<typeof isAccepted>[0]) => everybody.filter((one) => isAccepted(filter, one));

describe('nobody is let in or shut out but whom the change says:', () => {
  test('add lets in these, and all who were let in', () => {
    always(fc.tuple(closedFilter, ids), ([before, added]) => {
      const wanted = everybody.filter((one) => before.deviceIDs.includes(one) || added.includes(one));
      expect(accepted(addToFilter(added, false)(before, []))).toEqual(wanted);
    });
  });

  test('rm shuts out these, and nobody else', () => {
    always(fc.tuple(closedFilter, ids), ([before, removed]) => {
      const wanted = everybody.filter((one) => before.deviceIDs.includes(one) && !removed.includes(one));
      expect(accepted(removeFromFilter(removed, false)(before, []))).toEqual(wanted);
    });
  });

  test('add and rm of an open filter, closed with it, let in the list and no one else', () => {
    always(fc.tuple(anyFilter, ids), ([before, named]) => {
      const list = (change: FilterChange) => accepted(change(before, []));
      expect(list(addToFilter(named, true))).toEqual(
        everybody.filter((one) => [...before.deviceIDs, ...named].includes(one)),
      );
      expect(list(removeFromFilter(named, true))).toEqual(
        everybody.filter((one) => before.deviceIDs.includes(one) && !named.includes(one)),
      );
    });
  });

  test('allow all and back again is where it was', () => {
    always(closedFilter, (before) => {
      const open = allowAll(before, []);
      expect(accepted(open)).toEqual(everybody);
      expect(listedOnly([])(open, [])).toEqual(before);
    });
  });

  test('listed only lets in the list and those it is told, disallow all nobody', () => {
    always(fc.tuple(anyFilter, ids), ([before, kept]) => {
      const after = listedOnly(kept)(before, []);
      expect(accepted(after)).toEqual(everybody.filter((one) => [...before.deviceIDs, ...kept].includes(one)));
      expect(accepted(disallowAll(before, []))).toEqual([]);
    });
  });
});

test('no change touches addresses and masks, writes an ID twice, or changes what it was given', () => {
  always(fc.tuple(anyFilter, ids), ([before, named]) => {
    const original = structuredClone(before);
    const changes = [addToFilter(named, true), removeFromFilter(named, true), allowAll, listedOnly(named), disallowAll];
    for (const change of changes) {
      const after = change(before, []);
      expect([after.IPAddrs, after.subnetMasks]).toEqual([before.IPAddrs, before.subnetMasks]);
      expect(new Set(after.deviceIDs).size).toBe(after.deviceIDs.length);
    }
    expect(before).toEqual(original);
  });
});

test.each([
  ['add', addToFilter([1], false)],
  ['rm', removeFromFilter([1], false)],
])('%s on an open filter is refused unless it is closed with it', (_verb, change) => {
  expect(() => change(acceptFilter([1], true), [])).toThrow(
    expect.objectContaining({ exitCode: 9, message: expect.stringContaining('accepts everybody') }),
  );
});

test('filters are the same whatever the order of their IDs, and not if they differ in anything else', () => {
  expect(isSameFilter(acceptFilter([10, 9, 9]), acceptFilter([9, 10]))).toBe(true);
  expect(isSameFilter(acceptFilter([9]), acceptFilter([10]))).toBe(false);
  expect(isSameFilter(acceptFilter([]), acceptFilter([], true))).toBe(false);
  expect(isSameFilter(acceptFilter([]), { ...acceptFilter([]), IPAddrs: ['10.0.0.1'] })).toBe(false);
  expect(isSameFilter(acceptFilter([]), { ...acceptFilter([]), subnetMasks: ['255.0.0.0'] })).toBe(false);
});

describe('a lock-out', () => {
  const dialsIn = { connectionMode: 'DEVICE_TO_SERVER' };
  const devices = [managed(1, dialsIn), managed(2), managed(3, { ...dialsIn, connected: false }), managed(4, dialsIn)];
  const change = { before: acceptFilter([1, 2, 3]), after: acceptFilter([]) };

  test('is of managed devices that dial in, up or not, and were let in before', () => {
    expect(findLockedOut(change, devices, 0)).toMatchObject({ class: 'CONFLICT', lockedOut: [1, 3] });
    expect(findLockedOut({ before: acceptFilter([], true), after: acceptFilter([3]) }, devices, 0)?.lockedOut).toEqual([
      1, 4,
    ]);
  });

  test('is allowed up to the number given', () => {
    expect(findLockedOut(change, devices, 1)?.hint).toContain('--max-lockout 2');
    expect(findLockedOut(change, devices, 2)).toBeUndefined();
  });

  test('is none where nobody is shut out', () => {
    expect(findLockedOut({ before: change.after, after: acceptFilter([4]) }, devices, 0)).toBeUndefined();
    expect(findLockedOut({ before: change.before, after: acceptFilter([], true) }, devices, 0)).toBeUndefined();
  });

  test('of many names ten, and has them all', () => {
    const many = Array.from({ length: 12 }, (_, index) => managed(index + 1, dialsIn));
    const failure = findLockedOut({ before: acceptFilter([], true), after: acceptFilter([]) }, many, 0);
    expect(failure?.message).toMatch(
      /shut out 12 managed devices that dial in: 1, .*, 10, and 2 more; nothing was sent/,
    );
    expect(failure?.lockedOut).toHaveLength(12);
  });
});
