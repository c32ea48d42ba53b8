import type { View } from './view.ts';

/** What a renderer must know beside the view. */
export interface RenderOptions {
  isColored: boolean;
  /** In cells; absent where nothing is to be cut off, as in a pipe. */
  terminalWidth?: number | undefined;
  /** Whether `tsv` and `csv` start with the names of the fields. */
  hasHeader: boolean;
}

/** Turns a view into text, piece by piece. */
export type Renderer = (view: View, options: RenderOptions) => Iterable<string>;
