import fc from 'fast-check';

/** Checks a law: that an expectation is met by whatever can be drawn. What `check` returns is not looked at. */
export function always<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => unknown, numRuns = 200): void {
  const property = fc.property(arbitrary, (value) => {
    check(value);
  });
  fc.assert(property, { numRuns });
}

/** The same for an expectation that has to be waited for. */
export async function alwaysAsync<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<unknown>, numRuns = 50) {
  const property = fc.asyncProperty(arbitrary, async (value) => {
    await check(value);
  });
  await fc.assert(property, { numRuns });
}
