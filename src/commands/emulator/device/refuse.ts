import { defineCommand } from '../../../cli/define-command.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** `gsdk emulator device refuse` */
export const deviceRefuse = defineCommand({
  summary: 'Simulate devices that refuse connections',
  examples: ['gsdk emulator device refuse 846', 'gsdk emulator device refuse 846 --off'],
  description:
    'Who dials it is refused at once, as by a port that nobody listens on. Its session stays, a search\n' +
    'finds it, and it still dials in by itself.',
  output: deviceShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command).argument('<device...>', aboutDevices).option('--off', 'it can be dialled again'),
  run: ({ session, command }, words, { off }) => actOn(command, session, { do: off ? 'accept' : 'refuse', words }),
});
