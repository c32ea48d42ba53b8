import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeControlChars, escapeControlCharsInJson } from '../../src/base/escape-control-chars.ts';
import { always } from '../support/always.ts';
import { anyText, unprintablePoints } from '../support/hostile.ts';

describe('a text', () => {
  test('keeps no character that a terminal could obey or hide', () => {
    always(anyText, (text) => expect(unprintablePoints(escapeControlChars(text))).toEqual([]), 2000);
  });

  test('that is printable already stays as it is', () => {
    always(anyText, (text) => expect(escapeControlChars(escapeControlChars(text))).toBe(escapeControlChars(text)));
    const plain = 'Eingang Süd, 정문 (East) "#1" \\ 🚪 ñ 日本';
    expect(escapeControlChars(plain)).toBe(plain);
  });

  test.each([
    ['a colour', '\x1b[31mred', '\\x1b[31mred'],
    ['a line break', 'one\r\ntwo', 'one\\x0d\\x0atwo'],
    ['a tab, a bell and a delete', '\t\x07\x7f', '\\x09\\x07\\x7f'],
    ['an 8-bit control sequence', '\x9b31m', '\\x9b31m'],
    ['a right-to-left override', 'txt.\u202eexe', 'txt.\\u{202e}exe'],
    ['a zero-width space and joiner', 'a\u200bb\u200dc', 'a\\u{200b}b\\u{200d}c'],
    ['a byte order mark', '\ufeffid', '\\u{feff}id'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['a Hangul filler', 'a\u3164b', 'a\\u{3164}b'],
    ['a tag character', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['a lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
  ])('shows %s', (_what, text, shown) => {
    expect(escapeControlChars(text)).toBe(shown);
  });
});

describe('a JSON text', () => {
  const indentation = fc.constantFrom(undefined, 2);

  test('means the same as before', () => {
    const value = fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), anyText, fc.dictionary(anyText, anyText));
    always(fc.record({ value, indentation }), ({ value, indentation }) => {
      const text = JSON.stringify(value, null, indentation);
      expect(JSON.parse(escapeControlCharsInJson(text))).toEqual(JSON.parse(text));
    });
  });

  test('keeps no character that a terminal could obey or hide, but for its own line breaks', () => {
    always(fc.record({ value: fc.dictionary(anyText, anyText), indentation }), ({ value, indentation }) => {
      const text = JSON.stringify(value, null, indentation);
      expect(unprintablePoints(escapeControlCharsInJson(text).replaceAll('\n', ''))).toEqual([]);
      expect(escapeControlCharsInJson(text).split('\n').length).toBe(text.split('\n').length);
    });
  });

  test('writes a character beyond the first plane as its two halves', () => {
    expect(escapeControlCharsInJson('"\u{e0041}"')).toBe('"\\udb40\\udc41"');
  });
});
