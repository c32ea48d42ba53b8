import { defineCommand } from '../../../cli/define-command.ts';
import type { Call } from '../../../gen/emulator/control_pb.ts';
import type { Json, Row, Shape } from '../../../render/view.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { rfc3339 } from '../control/perform.ts';
import { about, numberOption, toFilter } from './filter.ts';

const shape: Shape = {
  isRead: true,
  nullable: ['code'],
  fields: ['seq', 'time', 'service', 'method', 'code', 'request'],
  columns: [
    { field: 'seq', header: 'SEQ' },
    { field: 'time', header: 'TIME' },
    { field: 'method', header: 'METHOD' },
    { field: 'code', header: 'CODE' },
    { field: 'request', header: 'REQUEST' },
    { field: 'service', header: 'SERVICE', isWide: true },
  ],
};

/** `gsdk emulator calls ls` */
export const callsLs = defineCommand({
  summary: 'List the calls of all clients',
  examples: ['gsdk emulator calls ls', 'gsdk emulator calls ls --method AddAsyncConnection --json | jq ".[].request"'],
  description:
    'The calls of all clients, in the order in which they came, the newest 10,000 at least. A call that has\n' +
    'not ended has no code. Of lists in requests the first 20 are kept.',
  output: shape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .option('--method <METHOD>', about.method)
      .option('--code <CODE>', about.code)
      .option('--since <SEQ>', about.since, numberOption('--since')),
  run: ({ session, command }, options) =>
    session.show(shape, async () => {
      const { calls } = await askControl({ command, session, isRead: true, hint }, (client, limits) =>
        client.listCalls({ filter: toFilter(options) }, limits),
      );
      return { rows: calls.map(callRow) };
    }),
});
const callRow = ({ seq, time, service, method, code, request = {} }: Call): Row => ({
  ...{ seq, time: rfc3339(time), service, method, code: code || null },
  request: request as Json,
});

const hint = 'list them: gsdk emulator calls ls';
