import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** `gsdk emulator device plug` */
export const devicePlug = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator device plug 846', 'gsdk emulator device plug @all'],
    notes:
      'A session that has not ended meanwhile goes on. Otherwise a device that dials in does so at once;\n' +
      'any other is dialled by the gateway when it is due. What refuse has done is taken back.',
    output: deviceShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .argument('<device...>', aboutDevices)
    .action((words) => actOn(command, session, { do: 'plug', words }));
};
