import { defineCommand } from '../../cli/define-command.ts';
import { countOption } from '../../cli/input/option-parsers.ts';
import type { StreamShape } from '../../cli/output/row-printer.ts';
import type { PrintRows } from '../../cli/session.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { Event } from '../../gen/emulator/control_pb.ts';
import type { Row } from '../../render/view.ts';
import { numberOption } from './calls/filter.ts';
import { askControl } from './control/ask-control.ts';
import { controlExitCodes, withName } from './control/find.ts';
import { rfc3339 } from './control/perform.ts';

const fields = ['seq', 'time', 'kind', 'deviceID', 'status', 'what', 'rule', 'deviceIDs'];

const shape: StreamShape = {
  isRead: true,
  nullable: ['deviceID', 'status', 'what', 'rule'],
  fields,
  columns: fields.map((field) => ({ field, header: field === 'deviceIDs' ? 'FOR' : field.toUpperCase() })),
  line: ({ seq, time, kind, deviceID, status, what, rule, deviceIDs }) =>
    [time, seq, kind, deviceID, status, rule, what, ...(deviceIDs as number[])]
      .filter((word) => word !== null)
      .join(' '),
};

/** `gsdk emulator events` */
export const emulatorEvents = defineCommand({
  summary: 'List all events in the emulator, reported or not',
  examples: [
    'gsdk emulator events',
    'gsdk emulator events --follow -o ndjson',
    'gsdk emulator events --json | jq -r \'.[] | select(.status == "DISCONNECTED") | .deviceID\'',
  ],
  description:
    'What really happened, whether or not any client was told: changes of status, devices that entered\n' +
    'and left the managed list, what was done at devices, faults and rules, and where gateway processes\n' +
    'began and ended. Numbers have no gap; the newest 100,000 at least are kept.',
  output: shape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .option('--since <SEQ>', 'those after the event of this number', numberOption('--since'))
      .option('--follow', 'and each from now on, until interrupted; with -o, ndjson or tsv')
      .option('--count <N>', 'with --follow: end after so many', countOption('--count', 1_000_000_000)),
  run: async ({ session, command }, { since: sinceSeq = 0, follow, count }) => {
    if (count !== undefined && !follow) throw usageError('--count without --follow', 'gsdk emulator events --follow');
    const asker = { command, session, isRead: true };
    if (!follow) {
      return session.show(shape, async () => {
        const { events } = await askControl(asker, (client, limits) => client.listEvents({ sinceSeq }, limits));
        return { rows: events.map(eventRow) };
      });
    }
    await session.stream(shape, (print) =>
      askControl(asker, (client, { signal }) => followed(client.followEvents({ sinceSeq }, { signal }), print, count)),
    );
  },
});

/** Prints events until there have been enough, or nobody reads them. */
async function followed(
  events: AsyncIterable<{ event?: Event | undefined }>,
  print: PrintRows,
  count = Infinity,
): Promise<void> {
  let left = count;
  for await (const { event } of events) {
    if (!event) continue;
    left -= 1;
    const isRead = await print([eventRow(event)]);
    if (!isRead || left === 0) return;
  }
}

const eventRow = ({ seq, time, kind, deviceID, status, what, rule, deviceIDs }: Event): Row => ({
  ...{ seq, time: rfc3339(time), kind, deviceID: deviceID ?? null, status: status ?? null },
  ...{ what: what ?? null, rule: rule ?? null, deviceIDs },
});
