import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** `gsdk emulator device rm` */
export const emulatedDeviceRm = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator device rm 846', 'gsdk emulator device rm group:lobby'],
    notes:
      'It is taken off the wall: its session ends, no search finds it, and who dials its address gets no\n' +
      'answer. An async connection to it stays in the list of the gateway.',
    output: deviceShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .argument('<device...>', aboutDevices)
    .action((words) => actOn(command, session, { do: 'remove', words }));
};
