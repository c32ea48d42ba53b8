import { type Command, Option } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
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
export const deviceUnplug = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator device unplug 846', 'gsdk emulator device unplug group:lobby --how rst'],
    output: deviceShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .argument('<device...>', aboutDevices)
    .addOption(howOption().default('silent' as const))
    .action((words, { how }) => actOn(command, session, { do: 'unplug', words, how }));
};
