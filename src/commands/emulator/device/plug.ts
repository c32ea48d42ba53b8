import { defineCommand } from '../../../cli/define-command.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** `gsdk emulator device plug` */
export const devicePlug = defineCommand({
  summary: 'Connect emulated devices to the network',
  examples: ['gsdk emulator device plug 846', 'gsdk emulator device plug @all'],
  description:
    'A session that has not ended meanwhile goes on. Otherwise a device that dials in does so at once;\n' +
    'any other is dialled by the gateway when it is due. What refuse has done is taken back.',
  output: deviceShape,
  exitCodes: controlExitCodes,
  parameters: (command) => withName(command).argument('<device...>', aboutDevices),
  run: ({ session, command }, words) => actOn(command, session, { do: 'plug', words }),
});
