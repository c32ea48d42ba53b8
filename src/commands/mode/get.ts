import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { durationOption } from '../../cli/input/option-parsers.ts';
import { compareSetting, seenShape } from '../rollout/compare-setting.ts';

const shape = seenShape('connectionMode', 'MODE');

/** `gsdk mode get` */
export const modeGet = defineCommand({
  summary: 'Show the connection mode in the gateway and on devices',
  examples: ['gsdk mode get', 'gsdk mode get 846 --json | jq ".[].deviceConnectionMode"'],
  description:
    'connectionMode is what the gateway lists, deviceConnectionMode what the device itself is set to, as a search or\n' +
    'else its live connection shows; unknown (null) where neither does. Where they differ, a change has not come\n' +
    'to its end: gsdk mode set ... --reconnect',
  output: shape,
  exitCodes: [3, 4, 5, 7, 8, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'device IDs, @file, or - for standard input; all managed devices unless given')
      .option(
        '--duration <DURATION>',
        'how long to search for what the devices are set to',
        durationOption('--duration'),
        5000,
      )
      .option('--fail-if-empty', 'end with 8 when there is no such device'),
  run: async ({ session }, words, { duration, failIfEmpty }) => {
    const ids = words.length === 0 ? undefined : await readDeviceIDs(words, session);
    if (ids?.length === 0) return session.show(shape, () => ({ rows: [], exitCode: failIfEmpty ? 8 : 0 }));
    return session.ask(shape, async (gateway) => {
      const result = await compareSetting(gateway, ids, { field: 'connectionMode', durationMs: duration });
      return { ...result, exitCode: failIfEmpty && result.rows.length === 0 ? 8 : 0 };
    });
  },
});
