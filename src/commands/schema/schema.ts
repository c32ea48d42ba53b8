import { findCommand } from '../../cli/command-tree.ts';
import { defineCommand, type Entries, isGroup } from '../../cli/define-command.ts';
import { multiGatewayShape } from '../../cli/multi-gateway.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { toJsonSchema } from '../../render/schema.ts';
import type { Shape } from '../../render/view.ts';

const schemaShape: Shape = {
  isRead: true,
  isObject: true,
  fields: ['$schema', 'title', 'type', 'properties', 'required', 'items'],
  columns: ['title', 'type'].map((field) => ({ field, header: field.toUpperCase() })),
};

/** `gsdk schema` */
export const schema = defineCommand({
  summary: "Print the JSON Schema of a command's output",
  examples: ['gsdk schema device ls', "gsdk schema disconnect | jq '.properties.results.items.required'"],
  description:
    'The JSON Schema (draft 2020-12) describes what the command prints with -o json and without --fields.\n' +
    'Later versions may add fields. They remove none and change no type. Enum names are open, because a\n' +
    'newer gateway may send values that gsdk does not know.',
  exitCodes: [],
  parameters: (command) => command.argument('<command...>', 'the words of a command'),
  run: async ({ session, commands }, words) => {
    const one = await findOutput(words, commands);
    const shape = session.accesses.length > 1 && one.isRead ? multiGatewayShape(one) : one;
    const document = toJsonSchema(shape, `gsdk ${words.join(' ')} -o json`);
    const text = `${JSON.stringify(document, null, 2)}\n`;
    await session.show(schemaShape, () => ({ rows: [document], document: () => document, text }));
  },
});

async function findOutput(words: readonly string[], commands: Entries): Promise<Shape> {
  const definition = await findCommand(words, commands);
  if (!definition || isGroup(definition)) throw usageError(`no command "${words.join(' ')}"`, 'list them: gsdk --help');
  if (definition.output) return definition.output;
  throw usageError(
    `gsdk ${words.join(' ')} has no document of its own`,
    'of rpc the answers are those of the gateway: gsdk rpc --list',
  );
}
