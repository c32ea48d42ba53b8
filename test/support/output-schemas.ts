import { type JsonSchema, toJsonSchema } from '../../src/render/schema.ts';
import { verbs } from './command-tree.ts';

/** Returns the schemas of all commands that print a document of their own, by the words of the command. */
export async function outputSchemas(): Promise<Record<string, JsonSchema>> {
  return Object.fromEntries(
    verbs.flatMap(([words, { output }]) => (output ? [[words, toJsonSchema(output, `gsdk ${words} -o json`)]] : [])),
  );
}
