import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import manifest from '../../package.json' with { type: 'json' };
import { closestMatch } from '../base/closest-match.ts';
import { commands } from '../commands/index.ts';
import { type SettingName, settings, toFlag } from '../config/settings.ts';
import { commandMissingError, commandUnknownError, invalidCommandLineError } from '../errors/catalog/usage.ts';
import type { GsdkError } from '../errors/gsdk-error.ts';
import { loadCommandTree } from './command-tree.ts';
import { type CommandContext, type CommandDefinition, type Entries, isGroup } from './define-command.ts';
import { addCommandHelp } from './help/command-help.ts';
import { helpArguments } from './help/help.ts';
import { errorContext } from './output/error-context.ts';
import type { RunOptions, Session } from './session.ts';

/** One parse of a command line. */
interface Parse {
  session: Session;
  argv: readonly string[];
  /** Help and version, as commander writes them. */
  printed: string[];
  /** The command that the words so far have led to, its entries if it is a group, and its name: `gsdk device`. */
  command: CommandUnknownOpts | undefined;
  entries: Entries | undefined;
  path: string;
}

/**
 * Parses one command line and runs the command that it names. Only that command is loaded.
 *
 * @throws GsdkError (USAGE) for whatever is wrong with the command line
 */
export async function runProgram(argv: readonly string[], session: Session): Promise<void> {
  const words = helpArguments(argv, commands);
  const parse: Parse = { session, argv: words, printed: [], command: undefined, entries: commands, path: 'gsdk' };
  const program = createRootCommand(parse);
  parse.command = program;
  try {
    if (isHelpWanted(words)) await addSummaries(program, commands);
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help') return printGroupHelp(parse);
    if (error.exitCode !== 0) throw await toUsageError(error, parse);
    await rejectUnknownWord(parse);
    await session.print(parse.printed);
  }
}

function createRootCommand(parse: Parse) {
  const program = new Command('gsdk')
    .description('Manage the device connections of Suprema G-SDK gateways from scripts.')
    .usage('[options] <command> ...')
    .exitOverride()
    .configureOutput({ writeOut: (text) => parse.printed.push(text), writeErr: () => {}, outputError: () => {} })
    .helpCommand(false)
    .version(manifest.version, '-V, --version', 'Print the version');
  for (const { name, argument, about, default: preset } of Object.values(settings)) {
    const text = preset === undefined ? about : `${about} (default: ${preset})`;
    const flags = `${name === 'output' ? '-o, ' : ''}${toFlag(name)} <${argument}>`;
    // Two profiles are a list: the first must not be dropped silently.
    if (name === 'profile')
      program.option(flags, text, (word, before?: string) => (before ? `${before},${word}` : word));
    else program.option(flags, text);
  }
  program
    .option('--json', 'Same as --output json')
    .option('--fields <NAMES>', 'Print only these fields, comma-separated ("help" lists them)')
    .option('--names <FILE>', 'Add the device names from a file of records, such as a site file')
    .option('--no-header', 'Omit the header line of tsv and csv')
    .option('-q, --quiet', 'Print no messages or warnings, only errors')
    .option('-v, --verbose', 'Print messages without a terminal, and a line for each call')
    .hook('preAction', () => configure(parse.session, program.opts()));
  // The types of its options, which commander infers, are not needed below.
  addCommands(program as unknown as Command, commands, parse);
  return program;
}

/** Adds commands by name. Arguments, options and action of a command are added when it is named. */
function addCommands(parent: Command, entries: Entries, parse: Parse): void {
  for (const [name, { aliases = [] }] of Object.entries(entries)) parent.command(name).aliases(aliases);
  parent.hook('preSubcommand', async (_parent: CommandUnknownOpts, named: CommandUnknownOpts) => {
    const command = named as Command;
    const definition = await entries[command.name()]?.load();
    if (definition === undefined) return;
    parse.path += ` ${command.name()}`;
    parse.command = named;
    command.description(definition.summary);
    if (isGroup(definition)) await addGroup(command, definition.commands, parse);
    else addCommand(command, definition, parse);
  });
}

async function addGroup(command: Command, entries: Entries, parse: Parse): Promise<void> {
  parse.entries = entries;
  addCommands(command.usage('<command> ...').helpCommand(false), entries, parse);
  if (isHelpWanted(parse.argv)) await addSummaries(command, entries);
}

function addCommand(command: Command, definition: CommandDefinition, { session }: Parse): void {
  addCommandHelp(command, definition);
  definition.parameters?.(command);
  // Commander passes the arguments, the options and the command, as `parameters` declared them.
  const run = definition.run as (context: CommandContext, ...input: unknown[]) => Promise<void> | void;
  command.action((...input: unknown[]) => run({ session, command, commands }, ...input.slice(0, -1)));
}

/** Adds the summaries, for which each command has to be loaded. */
async function addSummaries(parent: Pick<Command, 'commands'>, entries: Entries): Promise<void> {
  await Promise.all(
    parent.commands.map(async (command) => {
      const definition = await entries[command.name()]?.load();
      if (definition) command.description(definition.summary);
    }),
  );
}

const isHelpWanted = (words: readonly string[]) => words.includes('--help') || words.includes('-h');

/** Prints the help of a group to standard error, for a command line that ends with it. */
async function printGroupHelp({ session, command, entries, argv, path }: Parse): Promise<void> {
  if (errorContext(argv, session.host).isJson) throw commandMissingError({ path });
  if (command && entries) {
    await addSummaries(command, entries);
    await session.report(command.helpInformation());
  }
  session.ending = { exitCode: 2 };
}

function configure(session: Session, options: RunOptions & Partial<Record<SettingName, string>>): void {
  const { json, fields, names, header, quiet, verbose, ...flags } = options;
  session.configure(flags, { json, fields, names, header, quiet, verbose });
}

/** Commander prints help on `gsdk bogus --help` as if the unknown word did not exist. */
async function rejectUnknownWord(parse: Parse): Promise<void> {
  const [word] = parse.command?.args ?? [];
  if (word === undefined || word.startsWith('-') || parse.command?.commands.length === 0) return;
  throw await unknownCommandError(word, parse);
}

async function toUsageError({ code, message }: CommanderError, parse: Parse): Promise<GsdkError> {
  const [first = ''] = message.replace(/^error: /, '').split('\n');
  if (code === 'commander.unknownCommand') return unknownCommandError(/'([\s\S]*)'/.exec(message)?.[1] ?? '', parse);
  const [, meant] = /Did you mean (?:one of )?(.+)\?/.exec(message) ?? [];
  return invalidCommandLineError({ message: first, path: parse.path, meant });
}

/** An unknown command, with the closest one of all groups. */
async function unknownCommandError(word: string, { path, entries = commands }: Parse): Promise<GsdkError> {
  const [here, everywhere] = await Promise.all([loadCommandTree(entries), loadCommandTree(commands)]);
  const meant = closestMatch(
    word,
    here.map(({ words }) => words[0] ?? ''),
  );
  if (meant) return commandUnknownError({ word, path, meant: `${path} ${meant}` });
  const named = everywhere.find(({ words }) => words.length > 1 && words.at(-1) === word);
  return commandUnknownError({ word, path, meant: named && `gsdk ${named.words.join(' ')}` });
}
