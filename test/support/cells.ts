/** Blocks whose characters take two cells of a terminal: Hangul, CJK, full-width forms, emoji. */
const wideBlocks = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xff01, 0xff60],
  [0x1f300, 0x1faff],
] as const;

/** How many cells of a terminal a text takes, for texts without combining characters. */
export function cellsOf(text: string): number {
  const isWide = (point: number) => wideBlocks.some(([low, high]) => point >= low && point <= high);
  return Array.from(text).reduce((sum, character) => sum + (isWide(character.codePointAt(0) ?? 0) ? 2 : 1), 0);
}
