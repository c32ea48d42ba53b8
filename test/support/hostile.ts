import fc from 'fast-check';

/** Characters that do harm in a terminal, in a table, in CSV or in a format string. */
const hostileCharacters = [
  ...['\x00', '\x07', '\b', '\t', '\n', '\r', '\x1b', '\x1b[2J', '\x1b]0;title\x07', '\x7f', '\x85', '\x9b'],
  ...['\u200b', '\u200d', '\u200e', '\u202e', '\u2028', '\u2066', '\u2069', '\ufeff', '\u3164', '\ufe0f'],
  ...['\u{e0041}', '\ud800', '\udc00', '"', "'", ',', ';', '\\', '\\x1b', '=1+1', '+1', '-1', '@a', '%s', '{0}', '#'],
  ...['정문', '日本', '🚪', '👍', 'ñ', '', ' '],
];

/** Any text at all: lone surrogates, controls and characters of every plane too. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.oneof(fc.constantFrom(...hostileCharacters), fc.string({ maxLength: 3 })), { maxLength: 8 })
    .map((parts) => parts.join('')),
);

/** Ranges of code points that a terminal obeys, hides or turns about; the expectation, written down apart from the source. */
const ranges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0xe0000, 0xe0fff],
];

/** The code points of a text that must never reach a terminal, in hexadecimal. */
export function unprintablePoints(text: string): string[] {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return points
    .filter((point) => ranges.some(([low, high]) => point >= low && point <= high))
    .map((point) => point.toString(16));
}
