import type { ErrorDefinition, ErrorFactory } from '../define-error.ts';
import * as usage from './usage.ts';

const areas = { usage };

/** Every error of gsdk by area. For `docs/errors.md` and tests: commands import the area that they need. */
export const catalog = Object.entries(areas).flatMap(([area, errors]) =>
  Object.values(errors).map((create) => ({
    area,
    // What an entry takes differs; its own example fits.
    definition: (create as ErrorFactory<unknown>).definition as ErrorDefinition<unknown>,
  })),
);
