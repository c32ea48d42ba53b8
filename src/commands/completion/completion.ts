import { Argument, type Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import type { Session } from '../../cli/session.ts';
import { colorChoices } from '../../config/settings.ts';
import { outputFormats } from '../../render/index.ts';
import type { Noun, Verb } from '../index.ts';
import { bashScript, zshScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { type OptionWords, optionsOf, placesOf } from './places.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `gsdk completion` */
export const completion = (command: Command, session: Session, commands: Readonly<Record<string, Noun | Verb>>) => {
  document(command, {
    examples: ['source <(gsdk completion bash)', 'gsdk completion fish > ~/.config/fish/completions/gsdk.fish'],
    notes:
      'It prints a script with which the shell completes commands, options and their values, and the names of\n' +
      'profiles. For good: the line above in ~/.bashrc, or in ~/.zshrc with zsh.',
    exitCodes: [],
  });
  command
    .addArgument(new Argument('<shell>', 'for whom').choices(Object.keys(scripts) as (keyof typeof scripts)[]))
    .action(async (shell) => {
      const everywhere = optionsOf(command.parent ?? command).map(withChoices);
      await session.print([scripts[shell]({ places: await placesOf(commands, session), everywhere })]);
      session.ending = { exitCode: 0 };
    });
};

/** Settings check their values themselves, so the command line does not know them. */
function withChoices(option: OptionWords): OptionWords {
  if (option.flags.includes('--output')) return { ...option, choices: outputFormats };
  if (option.flags.includes('--color')) return { ...option, choices: colorChoices };
  return option;
}
