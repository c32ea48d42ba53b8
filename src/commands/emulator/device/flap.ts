import type { Command } from '@commander-js/extra-typings';
import { formatDuration } from '../../../base/duration.ts';
import { document } from '../../../cli/help/help.ts';
import { countOption, durationOption } from '../../../cli/input/option-parsers.ts';
import type { Session } from '../../../cli/session.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';
import { howOption } from './unplug.ts';

/** `gsdk emulator device flap` */
export const deviceFlap = (command: Command, session: Session) => {
  document(command, {
    examples: [
      'gsdk emulator device flap 846 --count 5',
      'gsdk emulator device flap @random:3 --down 2s --up 40s --count 10 --how rst',
    ],
    notes:
      'The first time the link goes down at once, and the command returns. Times are emulated. An async\n' +
      'connection is dialled again 30 s after it was lost.',
    output: deviceShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .argument('<device...>', aboutDevices)
    .option('--down <DURATION>', 'how long the link is down each time', durationOption('--down'), 2_000)
    .option('--up <DURATION>', 'how long it is up in between', durationOption('--up'), 2_000)
    .option('--count <N>', 'how often it goes down', countOption('--count', 1_000_000), 1)
    .addOption(howOption().default('fin' as const))
    .action((words, { down, up, count, how }) =>
      actOn(command, session, { do: 'flap', words, down: formatDuration(down), up: formatDuration(up), count, how }),
    );
};
