import { closeSync, constants, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readInput } from '../../../src/cli/input/input.ts';
import { run } from '../../support/gsdk.ts';
import { fakeSession, type HostOptions } from '../../support/host.ts';
import { temporaryFolder, writtenFile } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const marked = writtenFile('doors.csv', '\ufeffdeviceID\r\n846\r\n');
const read = (path: string, options: HostOptions = {}) => readInput(path, fakeSession(options).session);
const usage = (message: string) => expect.objectContaining({ exitCode: 2, message });

test('a file is read without its byte order mark, and named by its path', async () => {
  expect(await read(marked)).toEqual({ text: 'deviceID\r\n846\r\n', source: marked });
});

test('- is standard input, without its byte order mark', async () => {
  expect(await read('-', { stdin: '\ufeff정문\n' })).toEqual({ text: '정문\n', source: 'standard input' });
  expect(await read('-')).toEqual({ text: '', source: 'standard input' });
});

describe('is refused', () => {
  test.each([
    ['a file that is not there', 'none.csv', 'ENOENT'],
    ['a folder', '', 'EISDIR'],
  ])('%s', async (_what, name, code) => {
    await expect(read(`${folder}/${name}`)).rejects.toThrow(usage(`cannot read ${folder}/${name} (${code})`));
  });

  test('a terminal as standard input', async () => {
    await expect(read('-', { columns: 80 })).rejects.toThrow(usage('- means standard input, and that is a terminal'));
  });
});

test('an interruption ends the wait for standard input', async () => {
  const { host, session } = fakeSession({ stdin: new Readable({ read() {} }) });
  const reading = readInput('-', session);
  host.send('SIGTERM');
  await expect(reading).rejects.toThrow(expect.objectContaining({ exitCode: 143 }));
});

test('an interruption ends the wait for a named pipe that nobody writes to', async () => {
  const pipe = `${folder}/pipe`;
  expect((await run('mkfifo', [pipe])).exitCode).toBe(0);
  const { host, session } = fakeSession();
  const reading = readInput(pipe, session);
  host.send('SIGTERM');
  await expect(reading).rejects.toThrow(expect.objectContaining({ exitCode: 143 }));
  // Whoever waits within the system is let go, or this process could not end.
  closeSync(openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
});
