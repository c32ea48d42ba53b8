import { Command } from '@commander-js/extra-typings';
import { document, documentationOf } from '../../cli/help/help.ts';
import { multiGatewayShape } from '../../cli/multi-gateway.ts';
import type { Session } from '../../cli/session.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { toJsonSchema } from '../../render/schema.ts';
import type { Shape } from '../../render/view.ts';
import type { Noun, Verb } from '../index.ts';

/** What can be asked for: the commands by their words. */
type Commands = Readonly<Record<string, Noun | Verb>>;

/** `gsdk schema` */
export const schema = (command: Command, session: Session, commands: Commands) => {
  document(command, {
    examples: ['gsdk schema device ls', "gsdk schema disconnect | jq '.properties.results.items.required'"],
    notes:
      'A JSON Schema (draft 2020-12) of what the command prints with -o json and without --fields. Fields are\n' +
      'added in time; none is taken away, and none changes its type. Names of enums are open: a newer gateway\n' +
      'may send what no table has.',
    exitCodes: [],
  });
  command.argument('<command...>', 'the words of a command').action(async (words) => {
    const one = await outputOf(words, session, commands);
    const shape = session.accesses.length > 1 && one.isRead ? multiGatewayShape(one) : one;
    const document = toJsonSchema(shape, `gsdk ${words.join(' ')} -o json`);
    const text = `${JSON.stringify(document, null, 2)}\n`;
    await session.show(schemaShape, () => ({ rows: [document], document: () => document, text }));
  });
};

/** The shape of a command, from where its help is from: nothing is run. */
async function outputOf(words: readonly string[], session: Session, commands: Commands): Promise<Shape> {
  const verb = verbOf(words, commands);
  if (!verb) throw usageError(`no command "${words.join(' ')}"`, 'list them: gsdk --help');
  const command = new Command();
  await verb.define(command, session);
  const output = documentationOf(command)?.output;
  if (output) return output;
  throw usageError(
    `gsdk ${words.join(' ')} has no document of its own`,
    'of rpc the answers are those of the gateway: gsdk rpc --list',
  );
}

function verbOf([word = '', ...more]: readonly string[], commands: Commands): Verb | undefined {
  const entry = named(commands, word);
  if (entry && 'verbs' in entry) return verbOf(more, entry.verbs);
  return more.length === 0 ? entry : undefined;
}

/** By its name, or by one of its aliases. */
const named = <T extends Pick<Verb, 'aliases'>>(entries: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.entries(entries).find(([name, { aliases }]) => name === word || aliases?.includes(word))?.[1];

const schemaShape: Shape = {
  isRead: true,
  isObject: true,
  fields: ['$schema', 'title', 'type', 'properties', 'required', 'items'],
  columns: ['title', 'type'].map((field) => ({ field, header: field.toUpperCase() })),
};
