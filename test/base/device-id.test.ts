import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestDeviceID, parseDeviceID } from '../../src/base/device-id.ts';
import { always } from '../support/always.ts';

test('every uint32 but zero is read as it is written', () => {
  const ids = fc.oneof(fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.constantFrom(1, 846, 2 ** 31, 2 ** 32 - 1));
  always(ids, (id) => expect(parseDeviceID(String(id))).toBe(id));
});

test('the largest ID is that of a uint32', () => {
  expect(largestDeviceID).toBe(4_294_967_295);
  expect(parseDeviceID('4294967296')).toBeUndefined();
});

test.each([
  ...['', '0', '00', '-1', '+1', '1.0', '1e3', '0x1f', ' 846', '846 ', '846\n', '8 46', '8_46', 'abc', '٨٤٦'],
  ...['9999999999', '99999999999999999999', '846n', 'NaN', '00000000846'],
])('%j is not a device ID', (text) => {
  expect(parseDeviceID(text)).toBeUndefined();
});

test('no text is read as anything but a uint32 above zero', () => {
  always(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,12}$/)), (text) => {
    const id = parseDeviceID(text);
    expect(id === undefined || (Number.isInteger(id) && id >= 1 && id <= largestDeviceID)).toBe(true);
  });
});
