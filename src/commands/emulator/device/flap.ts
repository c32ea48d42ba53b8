import { formatDuration } from '../../../base/duration.ts';
import { defineCommand } from '../../../cli/define-command.ts';
import { countOption, durationOption } from '../../../cli/input/option-parsers.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';
import { howOption } from './unplug.ts';

/** `gsdk emulator device flap` */
export const deviceFlap = defineCommand({
  summary: 'Simulate devices that lose and regain the network',
  examples: [
    'gsdk emulator device flap 846 --count 5',
    'gsdk emulator device flap @random:3 --down 2s --up 40s --count 10 --how rst',
  ],
  description:
    'The first time the link goes down at once, and the command returns. Times are emulated. An async\n' +
    'connection is dialled again 30 s after it was lost.',
  output: deviceShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .argument('<device...>', aboutDevices)
      .option('--down <DURATION>', 'how long the link is down each time', durationOption('--down'), 2_000)
      .option('--up <DURATION>', 'how long it is up in between', durationOption('--up'), 2_000)
      .option('--count <N>', 'how often it goes down', countOption('--count', 1_000_000), 1)
      .addOption(howOption().default('fin' as const)),
  run: ({ session, command }, words, { down, up, count, how }) =>
    actOn(command, session, { do: 'flap', words, down: formatDuration(down), up: formatDuration(up), count, how }),
});
