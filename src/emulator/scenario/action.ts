import type { Reader, Values } from '../input/validators.ts';
import type { Emulator } from '../runtime/emulator.ts';

/** What a step may do: the keys it takes, and what becomes of them. */
export interface ActionDefinition {
  readonly keys: Readonly<Record<string, Reader<unknown>>>;
  /** Does it; what is expected is an `Expectation`. `values` holds what the readers of `keys` have yielded. */
  readonly run: (emulator: Emulator, values: never) => unknown;
  /** Why the values make no sense together, if they do not. */
  readonly flaw?: ((values: never) => string | undefined) | undefined;
}

/** A defineAction, whose keys say what values it gets. */
export const defineAction = <K extends Record<string, Reader<unknown>>>(
  keys: K,
  run: (emulator: Emulator, values: Values<K>) => unknown,
  flaw?: (values: Values<K>) => string | undefined,
) => ({ keys, run, flaw }) satisfies ActionDefinition;
