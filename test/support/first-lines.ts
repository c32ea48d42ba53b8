import type { Readable } from 'node:stream';

/** Resolves to the first lines of a stream that goes on, as soon as they are there; rejects if it ends before. */
export function firstLines(stream: Readable, count: number): Promise<string[]> {
  let text = '';
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer | string) => {
      text += chunk;
      const lines = text.split('\n');
      if (lines.length <= count) return;
      stream.off('data', onData);
      resolve(lines.slice(0, count));
    };
    stream.on('data', onData);
    stream.once('end', () => reject(new Error(`ended after ${JSON.stringify(text)}`)));
  });
}
