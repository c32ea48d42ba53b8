import type { Command, OptionValues } from '@commander-js/extra-typings';
import type { Shape } from '../render/view.ts';
import type { Session } from './session.ts';

/** What a command gets beside its arguments and options. */
export interface CommandContext {
  session: Session;
  /** The parsed command, for options of its parents. */
  command: Command;
  /** All commands, for those that describe the others. */
  commands: Entries;
}

/** One command as data. Help, completion, schemas and the pages in `docs/commands` are made from it. */
export interface CommandDefinition<Args extends unknown[] = never[], Options extends OptionValues = never> {
  /** One line for lists of commands: an imperative, at most 60 characters, no period. */
  summary: string;
  /** Complete command lines, the most common one first. */
  examples: readonly string[];
  /** What the options do not say: order of steps, side effects, limits. */
  description?: string;
  /** The rows that the command prints, for `gsdk schema`. Absent when the output is not defined by gsdk. */
  output?: Shape;
  /** The exit codes that a script should expect beside 0, 1 and 2. */
  exitCodes: readonly number[];
  /** Declares arguments and options with the option parser. Has no other effect. */
  parameters?(command: Command): ParsedCommand<Args, Options>;
  /** Runs the command. `input` holds the arguments in order, then the options. */
  run(context: CommandContext, ...input: [...Args, Options]): unknown;
}

/** The part of commander's type that carries the types of arguments and options. */
type ParsedCommand<Args extends unknown[], Options extends OptionValues> = Pick<
  Command<Args, Options>,
  'processedArgs' | 'opts'
>;

/** Several commands below one word. */
export interface GroupDefinition {
  summary: string;
  commands: Entries;
}

/** Commands by their last word. Each is loaded when it is named. */
export type Entries = Readonly<Record<string, Entry>>;

/** A command or a group that is not loaded yet. */
export interface Entry {
  aliases?: readonly string[];
  load(): Promise<CommandDefinition | GroupDefinition>;
}

/** Returns a command definition with the types of its arguments and options inferred from `parameters`. */
export function defineCommand<Args extends unknown[] = [], Options extends OptionValues = Record<never, never>>(
  definition: CommandDefinition<Args, Options>,
): CommandDefinition {
  // Only the parser calls `run`, with what `parameters` declared.
  return definition as unknown as CommandDefinition;
}

/** Returns a group definition. */
export const defineGroup = (definition: GroupDefinition): GroupDefinition => definition;

/** Whether a loaded entry has commands below it. */
export const isGroup = (entry: CommandDefinition | GroupDefinition): entry is GroupDefinition => 'commands' in entry;
