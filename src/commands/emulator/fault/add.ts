import type { JsonObject } from '@bufbuild/protobuf';
import { defineCommand } from '../../../cli/define-command.ts';
import { type Input, readInput } from '../../../cli/input/input.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { faultRow, faultShape } from './shape.ts';

/** `gsdk emulator fault add` */
export const faultAdd = defineCommand({
  summary: 'Add fault rules',
  examples: [
    `gsdk emulator fault add '{"effect": "refuse", "deviceIDs": "846"}'`,
    `gsdk emulator fault add '{"rpc": "EnableSSLMulti", "effect": "deviceError", "code": "NOT_FOUND", "nth": 2}'`,
    'gsdk emulator fault add -f faults.json',
  ],
  description:
    'A rule says which calls, which devices, what becomes of them and when: docs/emulator.md has its keys.\n' +
    'All of them are put in force, or none. They outlive the gateway process.',
  output: faultShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .argument('[rule...]', 'rules, each a JSON object')
      .option('-f, --file <FILE>', 'a JSON object, or an array of them, instead; - for standard input'),
  run: async ({ session, command }, words, { file }) => {
    if ((file === undefined) === (words.length === 0)) {
      throw usageError('expected rules, or -f FILE', `such as '{"effect": "refuse", "deviceIDs": "846"}'`);
    }
    const inputs =
      file === undefined ? words.map((text) => ({ text, source: 'rule' })) : [await readInput(file, session)];
    const rules = inputs.flatMap(parseRules);
    await session.show(faultShape, async () => {
      const { faults } = await askControl(
        { command, session, isRead: false, hint: `see the rules: gsdk emulator fault ls; ${hint}` },
        (client, limits) => client.addFaults({ rules }, limits),
      );
      return { rows: faults.map(faultRow) };
    });
  },
});

function parseRules({ text, source }: Input): JsonObject[] {
  const value = parseJson({ text, source });
  const rules: unknown[] = Array.isArray(value) ? value : [value];
  return rules.map((rule) => {
    if (typeof rule === 'object' && rule !== null && !Array.isArray(rule)) return rule as JsonObject;
    throw usageError(`${source}: expected a JSON object, got ${JSON.stringify(rule)}`, hint);
  });
}

function parseJson({ text, source }: Input): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${source}: not JSON: ${(error as Error).message}`, hint);
  }
}

const hint = 'the keys of rules: docs/emulator.md';
