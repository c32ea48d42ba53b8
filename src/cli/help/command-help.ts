import { exitCodes } from '../../errors/exit-codes.ts';
import type { CommandDefinition } from '../define-command.ts';

/** Adds the examples, the description and the exit codes of a definition to the help of its command. */
export function addCommandHelp(
  command: { addHelpText(position: 'before' | 'after', text: string): unknown },
  { examples, description, exitCodes: expected }: CommandDefinition,
): void {
  const known = exitCodes.filter(({ code }) => code <= 2 || expected.includes(code));
  const codes = known.map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`);
  command.addHelpText('before', `Examples:\n${examples.map((example) => `  ${example}`).join('\n')}\n`);
  const notes = description === undefined ? '' : `\n${description}\n`;
  command.addHelpText('after', `${notes}\nGlobal options: gsdk --help\n\nExit codes:\n${codes.join('\n')}`);
}
