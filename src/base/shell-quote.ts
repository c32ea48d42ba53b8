/** Writes a text as one word of a POSIX shell, ready to paste: in single quotes, in which nothing is expanded. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
