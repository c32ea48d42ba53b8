import { exitCodes } from '../../errors/exit-codes.ts';
import type { CommandDefinition } from '../define-command.ts';

const columns = 80;

/** Adds the examples, the description and the exit codes of a definition to the help of its command. */
export function addCommandHelp(
  command: { addHelpText(position: 'before' | 'after', text: string): unknown },
  { examples, description, exitCodes: expected }: CommandDefinition,
): void {
  const known = exitCodes.filter(({ code }) => code <= 2 || expected.includes(code));
  const codes = known.map(({ code, meaning }) => wrapText(meaning, `  ${String(code).padEnd(4)} `, ' '.repeat(7)));
  command.addHelpText('before', `Examples:\n${examples.map((example) => `  ${example}`).join('\n')}\n`);
  const notes = description === undefined ? '' : `\n${wrapParagraphs(description)}\n`;
  command.addHelpText('after', `${notes}\nGlobal options: gsdk --help\n\nExit codes:\n${codes.join('\n')}`);
}

/** Wraps each paragraph to 80 columns. An indented line is an example and stays as it is. */
export function wrapParagraphs(text: string): string {
  const blocks = text.split(/\n(?=\n| {2})|(?<=^ {2}.*)\n/m);
  return blocks.map((block) => (/^ {2}/.test(block) ? block : wrapBlock(block))).join('\n');
}

const wrapBlock = (block: string) =>
  `${block.startsWith('\n') ? '\n' : ''}${wrapText(block.trim().replaceAll('\n', ' '), '', '')}`;

/** Wraps words to 80 columns. A longer word has a line for itself. */
function wrapText(text: string, first: string, indent: string): string {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    const isEmpty = line === first || line === indent;
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent + word;
    } else line += isEmpty ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
