/**
 * Everything that a terminal could obey or hide: C0 and C1 controls, bidirectional and other format
 * characters, zero-width and default-ignorable ones, line separators, lone surrogates. Made when it is
 * needed, and not for plain ASCII: Node spends a millisecond on it, on a literal even at start.
 */
const unprintable = () => new RegExp(unprintableClass, 'gu');
const unprintableClass = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]';

/**
 * Makes a text of unknown origin safe to print: what a terminal could obey or hide is shown as
 * `\x1b` or `\u{202e}`. Names of devices and texts of gateways are untrusted; a gRPC message arrives
 * with its escape bytes decoded.
 */
export function escapeControlChars(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(unprintable(), (character) => {
    const point = character.codePointAt(0) ?? 0;
    return point <= 0xff ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`;
  });
}

/**
 * Makes JSON text safe to print, still the same JSON: `JSON.stringify` escapes C0 only, so the rest
 * of the unprintable characters are written as `\uXXXX`.
 */
export function escapeControlCharsInJson(json: string): string {
  if (/^[\n -~]*$/.test(json)) return json;
  return json.replace(unprintable(), (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, unit) => `\\u${hex4(character.charCodeAt(unit))}`).join(''),
  );
}

const hex4 = (unit: number) => unit.toString(16).padStart(4, '0');
