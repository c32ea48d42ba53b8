import { Command } from '@commander-js/extra-typings';
import { documentationOf } from '../../src/cli/help/help.ts';
import { type JsonSchema, toJsonSchema } from '../../src/render/schema.ts';
import { verbs } from './command-tree.ts';
import { fakeSession } from './host.ts';

/** The schemas of all commands that print a document of their own, by the words of the command. */
export async function outputSchemas(): Promise<Record<string, JsonSchema>> {
  const { session } = fakeSession();
  const all = await Promise.all(
    verbs.map(async ([words, { define }]) => {
      const command = new Command();
      await define(command, session);
      const output = documentationOf(command)?.output;
      return [words, output && toJsonSchema(output, `gsdk ${words} -o json`)] as const;
    }),
  );
  return Object.fromEntries(all.filter((entry): entry is [string, JsonSchema] => entry[1] !== undefined));
}
