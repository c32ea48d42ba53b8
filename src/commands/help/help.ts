import { defineCommand } from '../../cli/define-command.ts';
import { topicShape, topics } from '../../cli/help/help.ts';
import { usageError } from '../../errors/gsdk-error.ts';

/** `gsdk help TOPIC`. Help on a command is the same as its `--help`. */
export const help = defineCommand({
  summary: 'Print the help of a command or a topic',
  examples: ['gsdk help device ls', 'gsdk help exit-codes'],
  exitCodes: [],
  parameters: (command) =>
    command.argument('[command-or-topic]', `a command, or one of: ${Object.keys(topics).join(', ')}`),
  run: async ({ session }, name = '') => {
    const topic = Object.hasOwn(topics, name) ? topics[name] : undefined;
    if (!topic)
      throw usageError(`no help on "${name}"`, `topics: ${Object.keys(topics).join(', ')}; commands: gsdk --help`);
    await session.show(topicShape(topic), () => topic);
  },
});
