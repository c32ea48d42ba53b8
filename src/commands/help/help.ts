import type { Command } from '@commander-js/extra-typings';
import { topicShape, topics } from '../../cli/help/help.ts';
import type { Session } from '../../cli/session.ts';
import { usageError } from '../../errors/gsdk-error.ts';

/** `gsdk help TOPIC`; help on commands goes the way of `--help`. */
export const help = (command: Command, session: Session) =>
  command
    .argument('[command-or-topic]', `a command, or one of: ${Object.keys(topics).join(', ')}`)
    .action(async (name = '') => {
      const topic = Object.hasOwn(topics, name) ? topics[name] : undefined;
      if (!topic)
        throw usageError(`no help on "${name}"`, `topics: ${Object.keys(topics).join(', ')}; commands: gsdk --help`);
      await session.show(topicShape(topic), () => topic);
    });
