/** Reads tab-separated values as gsdk documents them, escapes and all. */
export function parseTsv(text: string): string[][] {
  const meanings: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };
  const unescaped = (cell: string) =>
    cell.replace(/\\(?:([tnr\\])|x([0-9a-f]{2})|u\{([0-9a-f]+)\})/g, (_all, letter, byte, point) =>
      letter ? (meanings[letter] ?? '') : String.fromCodePoint(Number.parseInt(byte ?? point, 16)),
    );
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error('the last line has no end');
  return lines.map((line) => line.split('\t').map(unescaped));
}

/** Reads comma-separated values (RFC 4180), with a line break of one character. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])/y;
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex;
    const [, quoted, plain = '', end] = cell.exec(text) ?? [];
    if (end === undefined) throw new Error(`not CSV from ${start}: ${text.slice(start, start + 20)}`);
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
