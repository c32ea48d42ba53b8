import { Option } from '@commander-js/extra-typings';
import { shellQuote } from '../../base/shell-quote.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { controlVariable } from './control/control-file.ts';
import { defaultName, nameOption, notRunning, running } from './instance/instances.ts';

/** How the variables are written. */
const writers = {
  sh: (variables: Variables) => lines(variables, ([name, value]) => `export ${name}=${shellQuote(value)}`),
  json: (variables: Variables) => `${JSON.stringify(Object.fromEntries(variables), null, 2)}\n`,
  github: (variables: Variables) => lines(variables, ([name, value]) => `${name}=${value}`),
};

type Variables = readonly (readonly [string, string])[];

const lines = (variables: Variables, line: (variable: Variables[number]) => string) =>
  variables.map((variable) => `${line(variable)}\n`).join('');

/** `gsdk emulator env` */
export const emulatorEnv = defineCommand({
  summary: 'Print the environment variables for an emulator',
  examples: ['eval "$(gsdk emulator env)"', 'gsdk emulator env --shell github >> "$GITHUB_ENV"'],
  description: 'With these variables gsdk finds the gateway, and refuses any other that is not on this machine.',
  exitCodes: [3],
  parameters: (command) =>
    command
      .option('--name <NAME>', `whose gateway; ${defaultName} unless given`, nameOption, defaultName)
      .addOption(
        new Option('--shell <SHELL>', 'for whom').choices(['sh', 'json', 'github'] as const).default('sh' as const),
      ),
  run: async ({ session }, { name, shell }) => {
    const instance = await running(name);
    if (!instance) throw notRunning(name);
    const { gateway, caFile, configFile, controlFile } = instance;
    const variables: Variables = [
      ['GSDK_EMULATOR', '1'],
      ['GSDK_GATEWAY', gateway],
      ['GSDK_CA_FILE', caFile],
      ['GSDK_CONFIG', configFile],
      [controlVariable, controlFile],
    ];
    await session.print([writers[shell](variables)]);
    session.ending = { exitCode: 0 };
  },
});
