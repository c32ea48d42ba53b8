import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../src/commands/filter/set.ts';
import { acceptFilter } from '../../support/fake-gateway.ts';

const parse = (document: unknown) =>
  parseFilter({ text: typeof document === 'string' ? document : JSON.stringify(document), source: 'filter.json' });

test('the document of filter show is a filter', () => {
  expect(parse(acceptFilter([846, 7]))).toEqual(acceptFilter([846, 7]));
  expect(parse(`${JSON.stringify(acceptFilter([], true), null, 2)}\n`)).toEqual(acceptFilter([], true));
});

test('lists that mean nothing may be left out, and an ID twice is once', () => {
  expect(parse({ allowAll: true })).toEqual(acceptFilter([], true));
  expect(parse({ allowAll: false, deviceIDs: [7, 846, 7] })).toEqual(acceptFilter([7, 846]));
});

describe('is refused, by its source:', () => {
  test.each<[string, unknown, string]>([
    ['nothing', '', 'not JSON: '],
    ['blanks', ' \n', 'not JSON: '],
    ['an ID list', '846\n7\n', 'not JSON: '],
    ['a number', '846', 'expected a JSON object'],
    ['a list', [846], 'expected a JSON object'],
    ['null', null, 'expected a JSON object'],
    ['an object without allowAll', { deviceIDs: [846] }, 'expected allowAll, true or false'],
    ['allowAll as a text', { allowAll: 'false' }, 'expected allowAll, true or false'],
    ['an unknown field', { allowAll: false, deviceIds: [1] }, 'unknown field "deviceIds"'],
    ['IDs that are no list', { allowAll: false, deviceIDs: 846 }, 'expected deviceIDs as a list'],
    ['no list of IDs where only the listed are accepted', { allowAll: false }, 'expected deviceIDs as a list'],
    ['an ID as a text', { allowAll: false, deviceIDs: ['846'] }, 'expected a device ID, got "846"'],
    ['the ID 0', { allowAll: false, deviceIDs: [0] }, 'expected a device ID, got 0'],
    ['a fraction', { allowAll: false, deviceIDs: [1.5] }, 'expected a device ID, got 1.5'],
    ['an ID too large', { allowAll: false, deviceIDs: [2 ** 32] }, 'expected a device ID, got 4294967296'],
  ])('%s', (_what, document, message) => {
    const error = expect.objectContaining({ exitCode: 2, message: expect.stringContaining(`filter.json: ${message}`) });
    expect(() => parse(document)).toThrow(error);
  });

  test.each([{ IPAddrs: ['10.0.0.1'] }, { subnetMasks: ['255.255.255.0'] }, { IPAddrs: '10.0.0.1' }])(
    'an address, which gateways ignore: %j',
    (part) => {
      const document = { ...acceptFilter([846]), ...part };
      expect(() => parse(document)).toThrow(expect.objectContaining({ exitCode: 10 }));
    },
  );
});
