/**
 * Whether a text is a fleet file, YAML or JSON, and not records: those are a JSON array, an object with a `deviceID`,
 * objects a line each, or CSV.
 */
export function isFleetFile(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) return false;
  if (trimmed.startsWith('{')) {
    const whole = tryJson(trimmed);
    if (whole !== undefined) return !Object.hasOwn(whole, 'deviceID');
    return tryJson(trimmed.split('\n', 1)[0] ?? '') === undefined;
  }
  const first = trimmed.split('\n').find((line) => !/^\s*(?:#|$)/.test(line));
  return trimmed !== '' && (first === undefined || /^(?:---|- |[^,]*:(?:\s|$))/.test(first));
}

function tryJson(text: string): object | undefined {
  try {
    return Object(JSON.parse(text));
  } catch {
    return undefined;
  }
}
