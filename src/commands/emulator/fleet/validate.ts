import { escapeControlChars } from '../../../base/escape-control-chars.ts';
import { defineCommand } from '../../../cli/define-command.ts';
import { readInput } from '../../../cli/input/input.ts';
import type { Session } from '../../../cli/session.ts';
import { GsdkError, usageError } from '../../../errors/gsdk-error.ts';
import type { Row, Shape } from '../../../render/view.ts';
import { toPlan } from '../options/fleet-option.ts';

const shape: Shape = {
  isRead: true,
  fields: ['file', 'line', 'column', 'problem'],
  nullable: ['line', 'column'],
  columns: [
    { field: 'file', header: 'FILE' },
    { field: 'line', header: 'LINE' },
    { field: 'column', header: 'COLUMN' },
    { field: 'problem', header: 'PROBLEM' },
  ],
};

/** `gsdk emulator fleet validate` */
export const fleetValidate = defineCommand({
  summary: 'Validate fleet files, with line and column of each error',
  examples: [
    'gsdk emulator fleet validate fleet.yaml',
    'gsdk emulator fleet validate *.yaml --json | jq length',
    'gsdk search -o csv | gsdk emulator fleet validate -',
  ],
  description:
    'Prints all that is wrong, by line and column, and ends with 2 if that is anything. Nothing is started.\n' +
    'Records are checked too, up to the first that cannot be.',
  output: shape,
  exitCodes: [],
  parameters: (command) => command.argument('<file...>', 'fleet files, or records; - for standard input'),
  run: ({ session }, files) =>
    session.show(shape, async () => {
      const rows: Row[] = [];
      for (const file of files) rows.push(...(await problemsOf(file, session)));
      const text = rows.map((row) => `${escapeControlChars(`${placeOf(row)}${row.problem}`)}\n`).join('');
      if (rows.length === 0) return { rows, text };
      const what = rows.length === 1 ? 'a problem' : `${rows.length} problems`;
      const failure = usageError(
        `${what} in ${files.join(', ')}`,
        'what a fleet file may say: gsdk emulator fleet schema',
      );
      return { rows, text, failure };
    }),
});

async function problemsOf(file: string, session: Session): Promise<Row[]> {
  const input = await readInput(file, session);
  const { FileError } = await import('../../../emulator/index.ts');
  try {
    const { fleet = [] } = await toPlan(input);
    await session.tell(`${input.source}: ${fleet.length} devices`);
    return [];
  } catch (error) {
    if (error instanceof FileError) {
      return error.problems.map(({ source, line, column, message }) => ({
        ...{ file: source, line, column, problem: message },
      }));
    }
    // Records name their place in their own way.
    if (!(error instanceof RangeError || error instanceof GsdkError)) throw error;
    return [{ file: input.source, line: null, column: null, problem: error.message }];
  }
}

const placeOf = ({ file, line, column }: Row) => (line === null ? '' : `${file}:${line}:${column}: `);
