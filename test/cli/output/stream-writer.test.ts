import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  interruptions,
  listenForSignals,
  StreamWriter,
  signalExitCodes,
} from '../../../src/cli/output/stream-writer.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import { alwaysAsync } from '../../support/always.ts';
import { nodeError } from '../../support/faults.ts';
import { fakeHost } from '../../support/host.ts';

type Done = (error?: Error | null) => void;

/** A writer on a stream whose every write is taken by `take`. */
function writer(take: (chunk: string, done: Done) => void) {
  const chunks: string[] = [];
  let opened = 0;
  const stream = new Writable({
    decodeStrings: false,
    // As standard output is: an error alone does not close it.
    autoDestroy: false,
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      take(chunk, done);
    },
  });
  const target = new StreamWriter(() => {
    opened++;
    return stream;
  });
  return { target, stream, chunks, opened: () => opened };
}

const failing = (code: string) => writer((_chunk, done) => done(nodeError(code)));

describe('the writer of a stream', () => {
  test('lets everything arrive, whole and in order, however it is cut into pieces', async () => {
    const piece = fc
      .tuple(fc.string({ maxLength: 5 }), fc.constantFrom(0, 1, 70_000))
      .map(([text, times]) => text.repeat(times));
    await alwaysAsync(fc.array(fc.array(piece, { maxLength: 10 }), { maxLength: 3 }), async (writes) => {
      const { target, chunks } = writer((_chunk, done) => setImmediate(done));
      for (const pieces of writes) await target.write(pieces);
      expect(chunks.join('')).toBe(writes.flat().join(''));
    });
  });

  test('gathers small pieces, so that a long list is few writes', async () => {
    const { target, chunks } = writer((_chunk, done) => done());
    await target.write(Array.from({ length: 10_000 }, () => 'a line of twenty-odd\n'));
    expect(chunks.length).toBe(4);
  });

  test('waits for each write, so that a slow reader does not fill the memory', async () => {
    let taken = 0;
    const { target, chunks } = writer((_chunk, done) => {
      taken++;
      setImmediate(done);
    });
    let drawn = 0;
    const pieces = function* () {
      for (; drawn < 20; drawn++) {
        expect(drawn - taken).toBeLessThanOrEqual(1);
        yield 'x'.repeat(70_000);
      }
    };
    await target.write(pieces());
    expect(chunks.length).toBe(20);
  });

  test('opens the stream at the first text only', async () => {
    const { target, opened } = writer((_chunk, done) => done());
    await target.write([]);
    await target.write(['', '']);
    expect(opened()).toBe(0);
    await target.write(['text']);
    expect(opened()).toBe(1);
  });

  test.each(['EPIPE', 'ERR_STREAM_DESTROYED'])('goes on in silence when the reader has gone: %s', async (code) => {
    const { target, chunks } = failing(code);
    expect(target.isReaderGone).toBe(false);
    await target.write(['first']);
    expect(target.isReaderGone).toBe(true);
    await target.write(['second']);
    expect(chunks).toEqual(['first']);
  });

  test('goes on in silence when the stream was closed before', async () => {
    const { target, stream } = writer((_chunk, done) => done());
    stream.destroy();
    await target.write(['text']);
    expect(target.isReaderGone).toBe(true);
  });

  test.each(['ENOSPC', 'EIO', 'EBADF'])('tells that the output cannot be written: %s', async (code) => {
    const { target } = failing(code);
    const error = await target.write(['text']).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(GsdkError);
    expect(error).toMatchObject({ exitCode: 1, message: `cannot write the output (${code})` });
    expect(target.isReaderGone).toBe(false);
    expect((error as GsdkError).failure.outcome).toBeUndefined();
  });

  test('tells it by the text of the error where there is no code', async () => {
    const { target } = writer((_chunk, done) => done(new Error('odd')));
    await expect(target.write(['text'])).rejects.toThrow('cannot write the output (odd)');
  });
});

describe('a signal', () => {
  test('ends with the codes that shells use', () => {
    expect(signalExitCodes).toEqual({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 });
  });

  test.each(interruptions)('%s aborts with the error to report, once', (name) => {
    const host = fakeHost();
    const { signal, received } = listenForSignals(host);
    expect([signal.aborted, received(), host.listeners()]).toEqual([false, undefined, 3]);
    host.send(name);
    expect(received()).toBe(name);
    expect(signal.reason).toMatchObject({ exitCode: signalExitCodes[name], message: `interrupted by ${name}` });
  });

  test('that comes second finds nobody listening, and kills', async () => {
    const host = fakeHost();
    const { received } = listenForSignals(host);
    host.send('SIGTERM');
    await Promise.resolve();
    expect(host.listeners()).toBe(0);
    host.send('SIGINT');
    expect(received()).toBe('SIGTERM');
  });

  test('is heard by all listeners, before ours is taken away', () => {
    const host = fakeHost();
    const { signal } = listenForSignals(host);
    const heard: number[] = [];
    host.on('SIGTERM', () => heard.push(host.listeners()));
    host.send('SIGTERM');
    expect([signal.aborted, heard]).toEqual([true, [4]]);
  });

  test('is left alone after the release', () => {
    const host = fakeHost();
    const { signal, received, release } = listenForSignals(host);
    release();
    expect(host.listeners()).toBe(0);
    host.send('SIGINT');
    expect([signal.aborted, received()]).toEqual([false, undefined]);
  });
});
