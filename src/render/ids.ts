import type { Renderer } from './renderer.ts';

/** One device ID a line, for the standard input of another command. */
export const ids: Renderer = function* ({ result, deviceID }) {
  for (const row of result.rows) {
    const id = deviceID?.(row);
    if (id !== undefined) yield `${id}\n`;
  }
};
