import { Command } from '@commander-js/extra-typings';
import type { Session } from '../../cli/session.ts';
import type { Noun, Verb } from '../index.ts';

/** Something that can be written at a place of a command line. */
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
  /** The values that it may have, if they are few. */
  choices: readonly string[];
}

/** A place on a command line: behind these words, which begin with a blank unless there are none. */
export interface Place {
  path: string;
  words: readonly Word[];
  options: readonly OptionWords[];
}

type Entries = Readonly<Record<string, Noun | Verb>>;

/** Every place on a command line, from where the help of the commands is from: nothing is run. */
export async function placesOf(entries: Entries, session: Session, path = ''): Promise<Place[]> {
  const words = Object.entries(entries).map(([word, { about }]) => ({ word, about }));
  const behind = Object.entries(entries).map(async ([word, entry]): Promise<Place[]> => {
    const next = `${path} ${word}`;
    if ('verbs' in entry) return placesOf(entry.verbs, session, next);
    const command = new Command();
    await entry.define(command, session);
    const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
    return [{ path: next, words: choices.map((choice) => ({ word: choice, about: '' })), options: optionsOf(command) }];
  });
  return [{ path, words, options: [] }, ...(await Promise.all(behind)).flat()];
}

/** The options that a command takes. */
export const optionsOf = ({ options }: Pick<Command, 'options'>): OptionWords[] =>
  options.map(({ short, long, description, required, optional, argChoices = [] }) => ({
    flags: [short, long].filter((flag) => flag !== undefined),
    about: description,
    takesValue: required || optional,
    choices: argChoices,
  }));
