import { Command } from '@commander-js/extra-typings';
import { loadCommandTree } from '../../cli/command-tree.ts';
import { type Entries, isGroup } from '../../cli/define-command.ts';

/** A word that is possible at a place of a command line. */
export interface Word {
  word: string;
  about: string;
}

/** An option, by each of its flags. */
export interface OptionWords {
  flags: readonly string[];
  about: string;
  /** Whether a value follows. */
  takesValue: boolean;
  /** The possible values, if the parser knows them. */
  choices: readonly string[];
}

/** A place on a command line: after these words, which begin with a blank unless there are none. */
export interface Place {
  path: string;
  words: readonly Word[];
  options: readonly OptionWords[];
}

/** Returns every place on a command line, from the command definitions. */
export async function listPlaces(entries: Entries): Promise<Place[]> {
  const nodes = await loadCommandTree(entries);
  const wordsBelow = (path: readonly string[]): Word[] =>
    nodes
      .filter(({ words }) => words.length === path.length + 1 && path.every((word, index) => words[index] === word))
      .map(({ words, definition }) => ({ word: words.at(-1) ?? '', about: definition.summary }));
  const places = nodes.map(({ words, definition }): Place => {
    const path = ` ${words.join(' ')}`;
    if (isGroup(definition)) return { path, words: wordsBelow(words), options: [] };
    const command = new Command();
    definition.parameters?.(command);
    const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
    return { path, words: choices.map((word) => ({ word, about: '' })), options: toOptionWords(command) };
  });
  return [{ path: '', words: wordsBelow([]), options: [] }, ...places];
}

/** Returns the options that a command takes. */
export const toOptionWords = ({ options }: Pick<Command, 'options'>): OptionWords[] =>
  options.map(({ short, long, description, required, optional, argChoices = [] }) => ({
    flags: [short, long].filter((flag) => flag !== undefined),
    about: description,
    takesValue: required || optional,
    choices: argChoices,
  }));
