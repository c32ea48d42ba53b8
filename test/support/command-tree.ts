import { commands, type Noun, type Verb } from '../../src/commands/index.ts';

/** Every verb below these entries by its words, in the order of the help. */
function verbsOf(entries: Noun['verbs'], words: readonly string[] = []): [string, Verb][] {
  return Object.entries(entries).flatMap(([name, entry]): [string, Verb][] =>
    'verbs' in entry ? verbsOf(entry.verbs, [...words, name]) : [[[...words, name].join(' '), entry]],
  );
}

function nounsOf(entries: Noun['verbs']): Noun[] {
  return Object.values(entries).flatMap((entry) => ('verbs' in entry ? [entry, ...nounsOf(entry.verbs)] : []));
}

/** Every command by its words. */
export const verbs = verbsOf(commands);

/** Everything that has commands below it. */
export const nouns = nounsOf(commands);
