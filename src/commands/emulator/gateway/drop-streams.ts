import { defineCommand } from '../../../cli/define-command.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { act, gatewayShape } from './act.ts';

/** `gsdk emulator gateway drop-streams` */
export const gatewayDropStreams = defineCommand({
  summary: 'Stop all status streams of clients',
  examples: [
    'gsdk emulator gateway drop-streams',
    'gsdk emulator gateway drop-streams --code RESOURCE_EXHAUSTED --text "too many"',
    'gsdk emulator gateway drop-streams --rst CANCEL',
  ],
  description: 'All status streams end, with a status of gRPC, or by a reset of HTTP/2. Nothing else does.',
  output: gatewayShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .option('--code <CODE>', 'a status of gRPC; UNAVAILABLE unless given')
      .option('--text <TEXT>', 'its text')
      .option('--rst <CODE>', 'a reset instead: CANCEL, INTERNAL_ERROR, REFUSED_STREAM, ...'),
  run: ({ session, command }, { code, text, rst }) => {
    const given = code ?? text;
    if (rst !== undefined && given !== undefined) throw usageError('--rst beside --code or --text', 'say one of them');
    const status = given === undefined ? {} : { code: (code ?? 'UNAVAILABLE').toUpperCase(), text };
    return act(command, session, { do: 'dropStreams', rst: rst?.toUpperCase(), ...status });
  },
});
