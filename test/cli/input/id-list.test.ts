import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDeviceIDs } from '../../../src/cli/input/id-list.ts';
import { alwaysAsync } from '../../support/always.ts';
import { fakeSession, type HostOptions } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const read = (words: readonly string[], options: HostOptions = {}) =>
  readDeviceIDs(words, fakeSession(options).session);
const usage = (message: string) => expect.objectContaining({ exitCode: 2, message });

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('IDs are read in the order given, each once', async () => {
  expect(await read(['7', '846', '7', '1'])).toEqual([7, 846, 1]);
});

test('a list on standard input means the same, however its lines are ended, blank and commented', async () => {
  const id = fc.integer({ min: 1, max: 2 ** 32 - 1 });
  const filler = fc.constantFrom('', ' ', '# a comment', '\t#846', ' # 7');
  const line = fc.oneof(
    fc
      .tuple(id, filler, fc.constantFrom('', ' ', '\t'))
      .map(([id, after, before]) => ({ id, text: `${before}${id} ${after}` })),
    filler.map((text) => ({ id: undefined, text })),
  );
  const list = fc.record({
    lines: fc.array(line),
    end: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
  });
  await alwaysAsync(list, async ({ lines, end, mark }) => {
    const ids = lines.flatMap(({ id }) => id ?? []);
    const stdin = mark + lines.map(({ text }) => text + end).join('');
    expect(await read(['-'], { stdin })).toEqual([...new Set(ids)]);
  });
});

test('files, standard input and IDs may be mixed', async () => {
  const path = file('doors.txt', '846\n# spare\n7\n');
  expect(await read(['1', `@${path}`, '-', '2'], { stdin: '7\n9\n' })).toEqual([1, 846, 7, 9, 2]);
});

test.each([
  ['standard input', ['-']],
  ['a file', [`@${file('empty.txt', '# nothing yet\n\n')}`]],
])('an empty list from %s is an empty list', async (_what, words) => {
  expect(await read(words)).toEqual([]);
});

test('a long line arrives whole, even where its bytes come apart', async () => {
  const bytes = Buffer.from('846 # 정문\n7\n');
  const stdin = Readable.from(Array.from(bytes, (byte) => Buffer.of(byte)));
  expect(await read(['-'], { stdin })).toEqual([846, 7]);
});

describe('is refused', () => {
  test('no list at all', async () => {
    await expect(read([])).rejects.toThrow(usage('no device ID given'));
  });

  test.each(['0', 'door', '4294967296', '1,2', ''])('the word %j', async (word) => {
    await expect(read(['1', word])).rejects.toThrow(usage(`expected a device ID of 1 to 4294967295, got "${word}"`));
  });

  test('a bad line, by its file and number, comments and blank lines counted', async () => {
    const path = file('bad.txt', '\ufeff# doors\r\n\r\n846\r\nnope # why\r\n');
    await expect(read([`@${path}`])).rejects.toThrow(
      usage(`${path}, line 4: expected a device ID of 1 to 4294967295, got "nope"`),
    );
    await expect(read(['-'], { stdin: '846\n7 8\n' })).rejects.toThrow(
      usage('standard input, line 2: expected a device ID of 1 to 4294967295, got "7 8"'),
    );
  });

  test.each([
    ['846\n54411', 2, '54411'],
    ['846', 1, '846'],
    ['846\n7 # the gat', 2, '7'],
  ])('a list that may have been cut off within an ID: %j', async (stdin, line, last) => {
    const message = `line ${line}: "${last}" has no end of line, so the list may have been cut off`;
    await expect(read(['-'], { stdin })).rejects.toThrow(usage(`standard input, ${message}`));
    const path = file('cut.txt', stdin);
    await expect(read([`@${path}`])).rejects.toThrow(usage(`${path}, ${message}`));
  });

  test('not one that was cut off within a comment, or between two lines', async () => {
    expect(await read(['-'], { stdin: '846\n# the ga' })).toEqual([846]);
    expect(await read(['-'], { stdin: '846\n  ' })).toEqual([846]);
  });

  test('standard input twice', async () => {
    await expect(read(['-', '-'], { stdin: '846' })).rejects.toThrow(usage('- is given twice'));
  });

  test('a terminal as standard input', async () => {
    await expect(read(['-'], { columns: 80 })).rejects.toThrow(usage('- means standard input, and that is a terminal'));
  });

  test.each([
    ['that is not there', 'missing.txt', 'ENOENT'],
    ['that is a folder', '', 'EISDIR'],
  ])('a file %s', async (_what, name, code) => {
    const path = join(folder, name);
    await expect(read([`@${path}`])).rejects.toThrow(usage(`cannot read ${path} (${code})`));
  });
});

describe('an interruption', () => {
  const endless = () => new Readable({ read() {} });

  test('ends the wait for standard input', async () => {
    const { host, session } = fakeSession({ stdin: endless() });
    const reading = readDeviceIDs(['-'], session);
    host.send('SIGINT');
    await expect(reading).rejects.toThrow(expect.objectContaining({ exitCode: 130 }));
  });

  test('that came before does not let it begin', async () => {
    const { host, session } = fakeSession({ stdin: endless() });
    host.send('SIGTERM');
    await expect(readDeviceIDs(['-'], session)).rejects.toThrow(expect.objectContaining({ exitCode: 143 }));
  });
});

test('a list may be longer than a call can have arguments', async () => {
  const ids = Array.from({ length: 300_000 }, (_, index) => index + 1);
  expect(await read(['-'], { stdin: `${ids.join('\n')}\n` })).toHaveLength(ids.length);
});

test('a word of any length is refused in a short line', async () => {
  await expect(read(['9'.repeat(10_000_000)])).rejects.toThrow(
    usage(`expected a device ID of 1 to 4294967295, got "${'9'.repeat(80)}..."`),
  );
});
