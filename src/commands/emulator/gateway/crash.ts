import { Option } from '@commander-js/extra-typings';
import { formatDuration } from '../../../base/duration.ts';
import { defineCommand } from '../../../cli/define-command.ts';
import { durationOption } from '../../../cli/input/option-parsers.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';

/** How a connection ends. */
export const endOption = () =>
  new Option('--how <HOW>', 'how connections end: in order, or by a reset')
    .choices(['fin', 'rst'] as const)
    .default('fin' as const);

/** `gsdk emulator gateway crash` */
export const gatewayCrash = defineCommand({
  summary: 'Stop the gateway process without a shutdown',
  examples: ['gsdk emulator gateway crash', 'gsdk emulator gateway crash --down 20s --how rst'],
  description:
    'Its port refuses until emulator gateway restart, or for --down, in emulated time. The control\n' +
    'service goes on.',
  output: gatewayShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .option('--down <DURATION>', 'start the next process after so long', durationOption('--down'))
      .addOption(endOption())
      .option('--remembers', 'the next process still knows its async connections and its accept filter; needs --down'),
  run: ({ session, command }, { down, how, remembers }) => {
    if (remembers && down === undefined) throw usageError('--remembers without --down', 'restart takes it too');
    return act(command, session, { do: 'crash', down: down && formatDuration(down), how, remembers });
  },
});
