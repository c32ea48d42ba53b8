import { loadCommandTree } from '../../src/cli/command-tree.ts';
import { type CommandDefinition, type GroupDefinition, isGroup } from '../../src/cli/define-command.ts';
import { commands } from '../../src/commands/index.ts';

const nodes = await loadCommandTree(commands);

/** Every command by its words, in the order of the help, with its aliases. */
export const verbs = nodes.flatMap(
  ({ words, aliases, definition }): [string, CommandDefinition, readonly string[]][] =>
    isGroup(definition) ? [] : [[words.join(' '), definition, aliases]],
);

/** Every group by its words. */
export const groups = nodes.flatMap(({ words, definition }): [string, GroupDefinition][] =>
  isGroup(definition) ? [[words.join(' '), definition]] : [],
);
