import { defineCommand } from '../../cli/define-command.ts';
import { readInput } from '../../cli/input/input.ts';
import { parseRecords } from '../../cli/input/records.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { showSlaveChange, slaveShape } from './change.ts';
import { toSlaveChanges } from './records.ts';

/** `gsdk slave set` */
export const slaveSet = defineCommand({
  summary: 'Replace the slave lists of parent devices',
  examples: ['gsdk slave set -f slaves.json', 'gsdk slave ls --json | gsdk slave set -f - --dry-run'],
  description:
    'A record names a parent, and its whole list of rs485SlaveDeviceIDs, wiegandSlaveDeviceIDs or both. A list\n' +
    'that is not there, and a parent that is not named, stay as they are. The parents must be connected.',
  output: slaveShape,
  exitCodes: [3, 4, 5, 6, 7, 9, 124],
  parameters: (command) =>
    command
      .requiredOption('-f, --file <FILE>', 'records: JSON, NDJSON or CSV with a header; - for standard input')
      .option('--dry-run', 'only look at what would be done'),
  run: async ({ session }, { file, dryRun }) => {
    const changes = toSlaveChanges(await parseRecords(await readInput(file, session)));
    if (changes.size === 0) {
      throw usageError(`${file}: no parent in it`, 'to take slaves away, name them: gsdk slave rm');
    }
    return showSlaveChange(session, changes, { dryRun });
  },
});
