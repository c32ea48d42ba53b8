import { type CommandDefinition, type Entries, type GroupDefinition, isGroup } from './define-command.ts';

/** A command or group with the words that lead to it: `['device', 'ls']`. */
export interface CommandNode {
  words: readonly string[];
  aliases: readonly string[];
  definition: CommandDefinition | GroupDefinition;
}

/** Loads every command and group below these entries, in the order of the help, each group before its commands. */
export async function loadCommandTree(entries: Entries, parents: readonly string[] = []): Promise<CommandNode[]> {
  const nodes = await Promise.all(
    Object.entries(entries).map(async ([name, { aliases = [], load }]): Promise<CommandNode[]> => {
      const definition = await load();
      const node = { words: [...parents, name], aliases, definition };
      return isGroup(definition) ? [node, ...(await loadCommandTree(definition.commands, node.words))] : [node];
    }),
  );
  return nodes.flat();
}

/**
 * Loads the command or group at the end of these words.
 *
 * @returns `undefined` when one of the words is neither a name nor an alias
 */
export async function findCommand(
  [word, ...rest]: readonly string[],
  entries: Entries,
): Promise<CommandDefinition | GroupDefinition | undefined> {
  const entry = Object.entries(entries).find(([name, { aliases }]) => name === word || aliases?.includes(word ?? ''));
  const definition = await entry?.[1].load();
  if (definition === undefined || rest.length === 0) return definition;
  return isGroup(definition) ? findCommand(rest, definition.commands) : undefined;
}
