import { Option } from '@commander-js/extra-typings';
import { defineCommand } from '../../../cli/define-command.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** How a device goes off the network. */
export const howOption = () =>
  new Option('--how <HOW>', 'fin and rst are noticed at once; silent, a cable that is cut, after 10 s').choices([
    'silent',
    'fin',
    'rst',
  ] as const);

/** `gsdk emulator device unplug` */
export const deviceUnplug = defineCommand({
  summary: 'Disconnect emulated devices from the network',
  examples: ['gsdk emulator device unplug 846', 'gsdk emulator device unplug group:lobby --how rst'],
  output: deviceShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .argument('<device...>', aboutDevices)
      .addOption(howOption().default('silent' as const)),
  run: ({ session, command }, words, { how }) => actOn(command, session, { do: 'unplug', words, how }),
});
