import { formatDuration } from '../../../base/duration.ts';
import { defineCommand } from '../../../cli/define-command.ts';
import { durationOption } from '../../../cli/input/option-parsers.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** `gsdk emulator device reboot` */
export const deviceReboot = defineCommand({
  summary: 'Restart emulated devices',
  examples: ['gsdk emulator device reboot 846', 'gsdk emulator device reboot 10.0.1.0/24 --down 90s'],
  description: 'Its session ends at once; when it has started it can be dialled, or dials in. Settings are kept.',
  output: deviceShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .argument('<device...>', aboutDevices)
      .option('--down <DURATION>', 'how long it takes, emulated', durationOption('--down'), 20_000),
  run: ({ session, command }, words, { down }) =>
    actOn(command, session, { do: 'reboot', words, down: formatDuration(down) }),
});
