import { Argument } from '@commander-js/extra-typings';
import { defineCommand } from '../../cli/define-command.ts';
import { colorChoices } from '../../config/settings.ts';
import { outputFormats } from '../../render/index.ts';
import { bashScript, zshScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { listPlaces, type OptionWords, toOptionWords } from './places.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `gsdk completion` */
export const completion = defineCommand({
  summary: 'Print a completion script for bash, zsh or fish',
  examples: ['source <(gsdk completion bash)', 'gsdk completion fish > ~/.config/fish/completions/gsdk.fish'],
  description:
    'The script completes commands, options, their values, and the names of profiles. To load it in every\n' +
    'shell, add the first example to ~/.bashrc, or with zsh to ~/.zshrc.',
  exitCodes: [],
  parameters: (command) =>
    command.addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts) as (keyof typeof scripts)[])),
  run: async ({ session, command, commands }, shell) => {
    const everywhere = toOptionWords(command.parent ?? command).map(withChoices);
    await session.print([scripts[shell]({ places: await listPlaces(commands), everywhere })]);
    session.ending = { exitCode: 0 };
  },
});

/** Settings check their values themselves, so the command line does not know them. */
function withChoices(option: OptionWords): OptionWords {
  if (option.flags.includes('--output')) return { ...option, choices: outputFormats };
  if (option.flags.includes('--color')) return { ...option, choices: colorChoices };
  return option;
}
