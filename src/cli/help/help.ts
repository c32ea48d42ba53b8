import { settings, toFlag, toVariable } from '../../config/settings.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { renderers } from '../../render/index.ts';
import type { Row, Shape } from '../../render/view.ts';
import { recipes, recipesText } from './recipes.ts';

/** A page of `gsdk help` that is not about one command, as rows. */
interface Topic {
  about: string;
  rows: readonly Row[];
  /** What people get in the place of a table. */
  text?: string;
}

/** The pages of help beside those of the commands, made from the tables that the program itself runs on. */
export const topics: Readonly<Record<string, Topic>> = {
  'exit-codes': {
    about: 'how a run can end, for the script that called it',
    rows: exitCodes.map(({ code, name, meaning }) => ({ code, name, meaning })),
  },
  output: {
    about: 'the output formats',
    rows: Object.entries(renderers).map(([format, { about }]) => ({ format, prints: about })),
  },
  recipes: {
    about: 'pipelines that people live on',
    rows: recipes.map(({ recipe, command }) => ({ recipe, command })),
    text: recipesText,
  },
  environment: {
    about: 'the settings: flags, variables and profile keys; the first that is set wins, of guards the strictest',
    rows: [
      ...Object.values(settings).map(({ name, about, inProfile, default: preset }) => ({
        variable: toVariable(name),
        flag: toFlag(name),
        profile: inProfile ? name : null,
        default: preset ?? null,
        about,
      })),
      ...[
        ['GSDK_CONFIG', 'the config file, instead of those that config path lists'],
        [
          'GSDK_EMULATOR_CONTROL',
          'a file that says where an embedded gateway is handled: set by emulator exec and env',
        ],
        ['GSDK_EMULATOR', '1 within emulator exec: a gateway outside this machine is refused'],
        ['XDG_STATE_HOME', 'state is kept in gsdk below it (default: ~/.local/state; without HOME below TMPDIR)'],
        ['TMPDIR', 'the folder for files of the emulator (default: /tmp)'],
        ['NO_COLOR', 'no colour, unless --color always'],
      ].map(([variable = '', about = '']) => ({ variable, flag: null, profile: null, default: null, about })),
    ],
  },
};

/** The shape of a topic's rows: every field is a column. */
export function topicShape({ rows }: Topic): Shape {
  const fields = Object.keys(rows[0] ?? {});
  return { fields, columns: fields.map((field) => ({ field, header: field.toUpperCase() })), isRead: true };
}

/**
 * `gsdk help device ls` is `gsdk device ls --help`, and `gsdk help` is `gsdk --help`; whatever else follows, a topic
 * or a word that nobody knows, is for the command `help` itself.
 */
export function helpArguments(argv: readonly string[], commands: object): string[] {
  const [first, ...words] = argv;
  const [second] = words;
  if (first === 'version' && second === undefined) return ['--version'];
  if (first !== 'help') return [...argv];
  if (second === undefined) return ['--help'];
  return Object.hasOwn(commands, second) ? [...words, '--help'] : [...argv];
}
