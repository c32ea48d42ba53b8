import type { Command } from '@commander-js/extra-typings';
import { formatDuration } from '../../../base/duration.ts';
import { document } from '../../../cli/help/help.ts';
import { durationOption } from '../../../cli/input/option-parsers.ts';
import type { Session } from '../../../cli/session.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** `gsdk emulator device reboot` */
export const deviceReboot = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator device reboot 846', 'gsdk emulator device reboot 10.0.1.0/24 --down 90s'],
    notes: 'Its session ends at once; when it has started it can be dialled, or dials in. Settings are kept.',
    output: deviceShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .argument('<device...>', aboutDevices)
    .option('--down <DURATION>', 'how long it takes, emulated', durationOption('--down'), 20_000)
    .action((words, { down }) => actOn(command, session, { do: 'reboot', words, down: formatDuration(down) }));
};
