import { expect, test } from 'vitest';
import { isSelectedDevice, isSelectedStatus } from '../../../src/gateway/subscription/selection.ts';
import { change, lost, removed, synced } from '../../support/subscription-events.ts';

const event = change(1, 'TCP_CONNECTED', 'DISCONNECTED');

test('without a selection everything is selected', () => {
  expect([isSelectedDevice(event, {}), isSelectedStatus(event, {})]).toEqual([true, true]);
});

test('devices are selected by their IDs', () => {
  expect(isSelectedDevice(event, { deviceIDs: new Set([1]) })).toBe(true);
  expect(isSelectedDevice(event, { deviceIDs: new Set([2]) })).toBe(false);
});

test('statuses are selected by what a device becomes', () => {
  expect(isSelectedStatus(event, { statuses: new Set(['DISCONNECTED']) })).toBe(true);
  expect(isSelectedStatus(event, { statuses: new Set(['TCP_CONNECTED']) })).toBe(false);
});

test('to be removed is no status, and what concerns no device is always wanted', () => {
  const statuses = new Set(['TLS_CONNECTED']);
  expect([removed(1, 'TCP_CONNECTED'), lost(), synced].map((told) => isSelectedStatus(told, { statuses }))).toEqual([
    ...[true, true, true],
  ]);
  expect([lost(), synced].map((told) => isSelectedDevice(told, { deviceIDs: new Set() }))).toEqual([true, true]);
});
