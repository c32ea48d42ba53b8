import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DeviceRecord, parseRecords } from '../../../src/cli/input/records.ts';
import { alwaysAsync } from '../../support/always.ts';

const parse = (text: string) => parseRecords({ text, source: 'doors' });
const refusal = (text: string) => parse(text).then(Promise.reject, (error) => error);
const gate = { deviceID: 846, IPAddr: '192.168.0.117', port: 51_211, useSSL: false };
const lobby = { deviceID: 7, IPAddr: '192.168.0.7', port: 1, useSSL: true };
const asText = ({ deviceID, IPAddr, port, useSSL }: typeof gate) => [deviceID, IPAddr, port, useSSL].join(',');
const csv = `deviceID,IPAddr,port,useSSL\n${asText(gate)}\n${asText(lobby)}\n`;
const places = (records: readonly DeviceRecord[]) => records.map(({ where }) => where);

describe('the same two records', () => {
  test.each([
    ['as a JSON array', JSON.stringify([gate, lobby]), 'doors, record 1', 'doors, record 2'],
    ['as a JSON array over many lines', JSON.stringify([gate, lobby], null, 2), 'doors, record 1', 'doors, record 2'],
    ['one a line', `\n${JSON.stringify(gate)}\n\n${JSON.stringify(lobby)}\n`, 'doors, line 2', 'doors, line 4'],
    ['one a line with CRLF', `${JSON.stringify(gate)}\r\n${JSON.stringify(lobby)}`, 'doors, line 1', 'doors, line 2'],
  ])('%s', async (_form, text, ...where) => {
    const records = await parse(text);
    expect(records.map(({ fields }) => fields)).toEqual([gate, lobby]);
    expect(places(records)).toEqual(where);
  });

  test.each([
    ['CSV', csv, 'doors, line 2', 'doors, line 3'],
    ['CSV with CRLF', csv.replaceAll('\n', '\r\n'), 'doors, line 2', 'doors, line 3'],
    [
      'CSV with blank lines and blanks',
      csv.replaceAll('\n', '\n\n').replaceAll(',', ' , '),
      'doors, line 3',
      'doors, line 5',
    ],
    ['CSV with quotes', csv.replaceAll(/[^,\n]+/g, '"$&"'), 'doors, line 2', 'doors, line 3'],
  ])('as %s, where every value is a text', async (_form, text, ...where) => {
    const records = await parse(text);
    const texts = [gate, lobby].map((record) =>
      Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)])),
    );
    expect(records.map(({ fields }) => fields)).toEqual(texts);
    expect(places(records)).toEqual(where);
  });
});

test('a single JSON object is one record, over as many lines as it likes', async () => {
  expect(await parse(JSON.stringify(gate, null, 2))).toEqual([{ fields: gate, where: 'doors, record 1' }]);
});

test.each(['', ' \r\n\n\t', '[]', 'deviceID,IPAddr\n'])('%j is no record at all', async (text) => {
  expect(await parse(text)).toEqual([]);
});

describe('is refused, by its place:', () => {
  test.each([
    ['an unknown field in an array', '[{"deviceID":1},{"ip":"x"}]', 'doors, record 2: unknown field "ip"'],
    ['an unknown field on a line', '{"deviceID":1}\n{"deviceid":2}', 'doors, line 2: unknown field "deviceid"'],
    ['an unknown field in a header', 'deviceID,address,ip\n1,2,3\n', 'doors, header: unknown field "ip"'],
    ['CSV without header', '846,192.168.0.117\n', 'doors, header: unknown field "846"'],
    ['a list of IDs', '846\n7\n', 'doors, header: unknown field "846"'],
    ['a field twice in a header', 'deviceID,IPAddr,IPAddr\n', 'doors, header: field "IPAddr" is there twice'],
    ['too few cells', 'deviceID,IPAddr\n1,10.0.0.1\n2\n', 'doors: not CSV: Invalid Record Length: .* on line 3'],
    ['a quote that does not end', 'deviceID,IPAddr\n1,"10.0.0.1\n', 'doors: not CSV: Quote Not Closed: .* line 2'],
    ['a JSON text that breaks off', '{"deviceID":1}\n{"deviceID":', 'doors, line 2: expected a JSON object'],
    ['an array that breaks off', '[{"deviceID":1},\n', 'doors, line 1: expected a JSON object'],
    ['a number among objects', '[{"deviceID":1}, 7]', 'doors, record 2: expected a JSON object'],
    ['null', '[null]', 'doors, record 1: expected a JSON object'],
    ['a list within the list', '[[1]]', 'doors, record 1: expected a JSON object'],
    [
      'objects over several lines, one after the other',
      '{\n"deviceID":1}\n{\n"deviceID":2}',
      'doors, line 1: expected',
    ],
  ])('%s', async (_what, text, message) => {
    expect(await refusal(text)).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(new RegExp(`^${message}`)),
    });
  });

  test.each([
    ['bytes', randomBytes(10_000_000).toString('latin1')],
    ['one long line', 'x'.repeat(10_000_000)],
    ['short lines', 'x\n'.repeat(5_000_000)],
    ['quotes', '"'.repeat(10_000_000)],
    ['brackets', '['.repeat(10_000_000)],
    ['braces', '{\n'.repeat(5_000_000)],
  ])('10 MB of %s, in a line that fits a screen', { timeout: 20_000 }, async (_what, text) => {
    const { exitCode, message } = await refusal(text);
    expect(exitCode).toBe(2);
    expect(message).toMatch(/^doors[:,]/);
    expect(message.length).toBeLessThan(320);
  });
});

test('whatever the text, it is records or a refusal that names the source', async () => {
  const piece = fc.oneof(fc.constantFrom('{', '}', '[', ']', '"', ',', '\n', ':', 'deviceID', '1', "'"), fc.string());
  await alwaysAsync(
    fc.array(piece).map((pieces) => pieces.join('')),
    async (text) => {
      const outcome = await parse(text).catch((error) => error);
      if (!Array.isArray(outcome))
        expect(outcome).toMatchObject({ exitCode: 2, message: expect.stringMatching(/^doors/) });
    },
    500,
  );
});
