import type { Command } from '@commander-js/extra-typings';
import { formatDuration } from '../../../base/duration.ts';
import { document } from '../../../cli/help/help.ts';
import { durationOption } from '../../../cli/input/option-parsers.ts';
import type { Session } from '../../../cli/session.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';

/** `gsdk emulator gateway goaway` */
export const gatewayGoaway = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator gateway goaway', 'gsdk emulator gateway goaway --grace 2s --freeze-streams'],
    notes:
      'Clients are told by GOAWAY of HTTP/2 to open no more streams on the connections that they have; new\n' +
      'connections are taken.',
    output: gatewayShape,
    exitCodes: controlExitCodes,
  });
  withName(command)
    .option('--grace <DURATION>', 'end these connections after so long, emulated', durationOption('--grace'))
    .option('--freeze-streams', 'the status streams that are open on them fall silent for ever')
    .action(({ grace, freezeStreams }) =>
      act(command, session, { do: 'goAway', grace: grace && formatDuration(grace), freezeStreams }),
    );
};
