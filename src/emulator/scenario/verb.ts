import type { Emulator } from '../emulator.ts';
import type { Reader, Values } from '../readers.ts';

/** What a step may do: the keys it takes, and what becomes of them. */
export interface Verb {
  readonly keys: Readonly<Record<string, Reader<unknown>>>;
  /** Does it. `values` holds what the readers of `keys` have yielded. */
  readonly run: (emulator: Emulator, values: never) => void;
}

/** A verb, whose keys say what values it gets. */
export const verb = <K extends Record<string, Reader<unknown>>>(
  keys: K,
  run: (emulator: Emulator, values: Values<K>) => void,
) => ({ keys, run }) satisfies Verb;
