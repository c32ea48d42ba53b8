import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAllowList } from '../../../src/cli/input/allow-list.ts';
import { fakeSession } from '../../support/host.ts';
import { writtenFile } from '../../support/temporary-folder.ts';

const read = async (word: string, stdin = '', others: readonly string[] = []) => [
  ...(await readAllowList(word, fakeSession({ stdin }).session, others)),
];
const usage = (message: string | RegExp) =>
  expect.objectContaining({ exitCode: 2, message: expect.stringMatching(message) });
const ids = writtenFile('allowed.txt', '# the doors\n7\n\n846 # lobby\n7\n');
const site = writtenFile('site.json', '[{"deviceID": 7, "name": "정문", "IPAddr": "10.0.0.7"}, {"deviceID": 846}]');

test.each([
  ['IDs in a file', `@${ids}`, ''],
  ['IDs on standard input', '-', '7\n846\n'],
  ['a site file', `@${site}`, ''],
  ['CSV', '-', 'name,deviceID\nlobby,7\n,846\n'],
  ['NDJSON', '-', '{"deviceID": 7}\n{"deviceID": "846"}\n'],
  [
    'what pending ls prints',
    '-',
    '[{"deviceID":7,"lastTry":1,"lastTryTime":"x","type":"XPASS","IPAddr":""},{"deviceID":846}]',
  ],
])('a list may be %s', async (_what, word, stdin) => {
  expect(await read(word, stdin)).toEqual([7, 846]);
});

test('one ID is a list', async () => {
  expect(await read('846')).toEqual([846]);
});

test('an empty list allows nobody', async () => {
  expect(await read('-', '')).toEqual([]);
  expect(await read('-', '# nobody\n')).toEqual([]);
});

describe('refused is', () => {
  test.each([
    ['a word', 'door', '', /expected a device ID/],
    ['a line that is no ID', '-', '7\ndoor\n', /^standard input, line 2: expected a device ID/],
    [
      'a record without an ID',
      '-',
      '[{"deviceID": 1}, {"name": "x"}]',
      /^standard input, record 2: expected a deviceID/,
    ],
    ['a record with an unknown field', '-', 'deviceID,colour\n1,red\n', /unknown field "colour"/],
    ['a file that is not there', `@${join('/nonexistent', 'x')}`, '', /cannot read .* \(ENOENT\)/],
  ])('%s', async (_what, word, stdin, message) => {
    await expect(read(word, stdin)).rejects.toThrow(usage(message));
  });

  test('standard input, where the devices come from it too', async () => {
    await expect(read('-', '7\n', ['1', '-'])).rejects.toThrow(usage('- is given twice'));
  });
});
