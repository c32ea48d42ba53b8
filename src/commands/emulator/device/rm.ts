import { defineCommand } from '../../../cli/define-command.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** `gsdk emulator device rm` */
export const emulatedDeviceRm = defineCommand({
  summary: 'Remove devices from the emulator',
  examples: ['gsdk emulator device rm 846', 'gsdk emulator device rm group:lobby'],
  description:
    'It is taken off the wall: its session ends, no search finds it, and who dials its address gets no\n' +
    'answer. An async connection to it stays in the list of the gateway.',
  output: deviceShape,
  exitCodes: controlExitCodes,
  parameters: (command) => withName(command).argument('<device...>', aboutDevices),
  run: ({ session, command }, words) => actOn(command, session, { do: 'remove', words }),
});
