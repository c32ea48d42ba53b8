/**
 * What of `promised` is not in `actual`, by its path: keys that are gone, values that are others. A list, such as that
 * of the fields that are always there, may only grow; a list of types may not.
 */
export function missingFrom(actual: unknown, promised: unknown, path = ''): string[] {
  if (Array.isArray(promised)) return isKept(actual, promised, path) ? [] : [path];
  if (typeof promised !== 'object' || promised === null) return actual === promised ? [] : [path];
  if (typeof actual !== 'object' || actual === null) return [path];
  return Object.entries(promised).flatMap(([key, value]) => {
    const inner = path === '' ? key : `${path}.${key}`;
    return key in actual ? missingFrom((actual as Record<string, unknown>)[key], value, inner) : [inner];
  });
}

function isKept(actual: unknown, promised: readonly unknown[], path: string): boolean {
  if (!Array.isArray(actual) || !promised.every((item) => actual.includes(item))) return false;
  return !path.endsWith('.type') || actual.length === promised.length;
}
