import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** `gsdk emulator device refuse` */
export const deviceRefuse = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator device refuse 846', 'gsdk emulator device refuse 846 --off'],
    notes:
      'Who dials it is refused at once, as by a port that nobody listens on. Its session stays, a search\n' +
      'finds it, and it still dials in by itself.',
    output: deviceShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .argument('<device...>', aboutDevices)
    .option('--off', 'it can be dialled again')
    .action((words, { off }) => actOn(command, session, { do: off ? 'accept' : 'refuse', words }));
};
