import { formatDuration } from '../../../base/duration.ts';
import { defineCommand } from '../../../cli/define-command.ts';
import { durationOption } from '../../../cli/input/option-parsers.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';

/** `gsdk emulator gateway goaway` */
export const gatewayGoaway = defineCommand({
  summary: 'Send GOAWAY to all clients',
  examples: ['gsdk emulator gateway goaway', 'gsdk emulator gateway goaway --grace 2s --freeze-streams'],
  description:
    'Clients are told by GOAWAY of HTTP/2 to open no more streams on the connections that they have; new\n' +
    'connections are taken.',
  output: gatewayShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .option('--grace <DURATION>', 'end these connections after so long, emulated', durationOption('--grace'))
      .option('--freeze-streams', 'the status streams that are open on them fall silent for ever'),
  run: ({ session, command }, { grace, freezeStreams }) =>
    act(command, session, { do: 'goAway', grace: grace && formatDuration(grace), freezeStreams }),
});
