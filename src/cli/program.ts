import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import manifest from '../../package.json' with { type: 'json' };
import { commands, type Noun, type Verb } from '../commands/index.ts';
import { type SettingName, settings, toFlag } from '../config/settings.ts';
import { type GsdkError, usageError } from '../errors/gsdk-error.ts';
import { helpArguments } from './help/help.ts';
import type { RunOptions, Session } from './session.ts';

/** One parse of a command line. */
interface Parse {
  session: Session;
  /** Help and version, as commander writes them. */
  printed: string[];
  /** The command that the words so far have led to, and how it is called: `gsdk device`. */
  command: CommandUnknownOpts | undefined;
  path: string;
}

/**
 * Parses one command line and runs the command that it names. Only that command is loaded.
 *
 * @throws GsdkError, USAGE for whatever is wrong with the command line
 */
export async function runProgram(argv: readonly string[], session: Session): Promise<void> {
  const parse: Parse = { session, printed: [], command: undefined, path: 'gsdk' };
  const program = rootCommand(parse);
  parse.command = program;
  try {
    await program.parseAsync(helpArguments(argv, commands), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw toUsageError(error, parse);
    refuseUnknownWord(parse);
    await session.print(parse.printed);
  }
}

function rootCommand(parse: Parse) {
  const program = new Command('gsdk')
    .description('Manage the device connections of a Suprema G-SDK gateway from scripts.')
    .usage('[options] <command> ...')
    .exitOverride()
    .configureOutput({ writeOut: (text) => parse.printed.push(text), writeErr: () => {}, outputError: () => {} })
    .helpCommand(false)
    .version(manifest.version, '--version', 'print the version');
  for (const { name, argument, about, default: preset } of Object.values(settings)) {
    const text = preset === undefined ? about : `${about} (${preset} unless set)`;
    const flags = `${name === 'output' ? '-o, ' : ''}${toFlag(name)} <${argument}>`;
    // Of two profiles one must not be passed over in silence.
    if (name === 'profile')
      program.option(flags, text, (word, before?: string) => (before ? `${before},${word}` : word));
    else program.option(flags, text);
  }
  program
    .option('--json', 'the same as --output json')
    .option('--fields <NAMES>', 'print these fields only, parted by commas; "help" lists them')
    .option('--names <FILE>', 'tell the names of devices too, from a file of records such as a site file')
    .option('--no-header', 'without the first line of tsv and csv')
    .option('-q, --quiet', 'no messages and warnings, errors only')
    .option('-v, --verbose', 'messages even where nobody watches, and a line for each call to the gateway')
    .hook('preAction', () => configure(parse.session, program.opts()));
  // The types of its options, which commander infers, are of no use to those below it.
  addCommands(program as unknown as Command, commands, parse);
  return program;
}

/** Puts commands where they are found by name. What one takes and does is filled in once it is named. */
function addCommands(parent: Command, entries: Readonly<Record<string, Noun | Verb>>, parse: Parse): void {
  for (const [name, { about, aliases = [] }] of Object.entries(entries)) {
    parent.command(name).description(about).aliases(aliases);
  }
  parent.hook('preSubcommand', async (_parent: CommandUnknownOpts, named: CommandUnknownOpts) => {
    const command = named as Command;
    const entry = entries[command.name()];
    parse.path += ` ${command.name()}`;
    // The same object; commander types it by its options.
    parse.command = command as unknown as CommandUnknownOpts;
    if (entry && 'verbs' in entry) addCommands(command.usage('<command> ...').helpCommand(false), entry.verbs, parse);
    else await entry?.define(command, parse.session);
  });
}

function configure(session: Session, options: RunOptions & Partial<Record<SettingName, string>>): void {
  const { json, fields, names, header, quiet, verbose, ...flags } = options;
  session.configure(flags, { json, fields, names, header, quiet, verbose });
}

/** commander gives help on `gsdk bogus --help` as if the unknown word were not there. */
function refuseUnknownWord({ command, path }: Parse): void {
  const [word] = command?.args ?? [];
  if (word === undefined || word.startsWith('-') || command?.commands.length === 0) return;
  throw usageError(`unknown command '${word}'`, `see: ${path} --help`);
}

function toUsageError({ code, message }: CommanderError, { path }: Parse): GsdkError {
  const [first = '', suggestion = ''] = message.replace(/^error: /, '').split('\n');
  const [, meant] = /Did you mean (?:one of )?(.+)\?/.exec(suggestion) ?? [];
  const what = code === 'commander.help' ? `no command given after "${path}"` : first;
  return usageError(what, meant ? `did you mean ${meant}?` : `see: ${path} --help`);
}
