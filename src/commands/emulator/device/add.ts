import { defineCommand } from '../../../cli/define-command.ts';
import { readInput } from '../../../cli/input/input.ts';
import { toDeviceAddress } from '../../../cli/input/option-parsers.ts';
import { parseRecords } from '../../../cli/input/records.ts';
import type { Session } from '../../../cli/session.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import type { Json } from '../../../render/view.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { perform } from '../control/perform.ts';
import { deviceRow, deviceShape } from './act.ts';

/** `gsdk emulator device add` */
export const deviceAdd = defineCommand({
  summary: 'Add devices to the emulator',
  examples: [
    'gsdk emulator device add 7@10.0.0.7',
    'gsdk emulator device add --ssl --type biostation-3 8@10.0.0.8',
    'gsdk emulator device add -f doors.csv',
  ],
  description: 'New doors in the same network: a search finds them. An ID or address that is taken is refused.',
  output: deviceShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .argument('[device...]', 'ID@IP[:PORT]; port 51211 unless given')
      .option('-f, --file <FILE>', 'records instead: JSON, NDJSON or CSV with a header; - for standard input')
      .option('--ssl', 'the devices given as arguments speak TLS')
      .option('--type <TYPE>', 'the type of the devices given as arguments'),
  run: async ({ session, command }, words, { file, ssl, type }) => {
    if ((file === undefined) === (words.length === 0)) {
      throw usageError('expected devices, or -f FILE', 'such as 7@10.0.0.7, or a file: gsdk search -o csv');
    }
    const given = words.map((word) => ({ ...toAddress(word), useSSL: ssl === true, ...(type && { type }) }));
    const records = file === undefined ? given : await readRecords(file, session);
    if (records.length === 0) return session.show(deviceShape, () => ({ rows: [] }));
    return session.show(deviceShape, async () => {
      const { devices } = await perform(command, session, { do: 'add', devices: records });
      return { rows: devices.map(deviceRow) };
    });
  },
});

function toAddress(word: string) {
  const { deviceID, IPAddr, port } = toDeviceAddress(word);
  if (deviceID !== undefined) return { deviceID, IPAddr, port };
  throw usageError(`expected ID@IP[:PORT], got "${word}"`, 'such as 7@10.0.0.7');
}

async function readRecords(path: string, session: Session): Promise<Json[]> {
  const records = await parseRecords(await readInput(path, session));
  return records.map(({ fields }) => fields as Json);
}
