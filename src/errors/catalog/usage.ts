import { defineError } from '../define-error.ts';

/** A command line that the option parser rejects. */
export const invalidCommandLineError = defineError<{ message: string; path: string; meant?: string | undefined }>({
  id: 'INVALID_COMMAND_LINE',
  class: 'USAGE',
  stage: 'cli',
  message: ({ message }) => message,
  hint: ({ path, meant }) =>
    meant === undefined ? `See the options: \`${path} --help\`` : `Did you mean \`${meant}\`? See \`${path} --help\``,
  example: { message: "unknown option '--devices'", path: 'gsdk search' },
});

/** A word in the place of a command that is neither a command nor a group. */
export const commandUnknownError = defineError<{ word: string; path: string; meant?: string | undefined }>({
  id: 'COMMAND_UNKNOWN',
  class: 'USAGE',
  stage: 'cli',
  message: ({ word }) => `unknown command '${word}'`,
  hint: ({ path, meant }) =>
    meant === undefined ? `List the commands: \`${path} --help\`` : `Did you mean \`${meant}\`?`,
  example: { word: 'ping', path: 'gsdk', meant: 'gsdk gateway ping' },
});

/** A command line that ends with a group. In text mode the help is printed instead. */
export const commandMissingError = defineError<{ path: string }>({
  id: 'COMMAND_MISSING',
  class: 'USAGE',
  stage: 'cli',
  message: ({ path }) => `no command given after "${path}"`,
  hint: ({ path }) => `List the commands: \`${path} --help\``,
  example: { path: 'gsdk device' },
});
