import type { JsonObject } from '@bufbuild/protobuf';
import { defineCommand } from '../../../cli/define-command.ts';
import { readInput } from '../../../cli/input/input.ts';
import type { Session } from '../../../cli/session.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { isScenarioName, parseJson, scenarioHint } from '../options/scenario-option.ts';
import { stepRows, stepShape } from './shape.ts';

/** `gsdk emulator scenario run` */
export const scenarioRun = defineCommand({
  summary: 'Start a scenario',
  examples: ['gsdk emulator scenario run flap', 'gsdk emulator scenario run ./night.json'],
  description:
    'It begins now, and the command returns: scenario status tells how it goes on. The file is checked as a\n' +
    'whole first, against the devices that there are now.',
  output: stepShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command).argument('<scenario>', 'a name that scenario ls prints, or a file; - for standard input'),
  run: async ({ session, command }, word) => {
    const wanted = isScenarioName(word) ? { name: word } : await fromFile(word, session);
    await session.show(stepShape, async () => {
      const { run } = await askControl({ command, session, isRead: false, hint }, (client, limits) =>
        client.runScenario(wanted, limits),
      );
      return { rows: run ? stepRows(run) : [] };
    });
  },
});

async function fromFile(path: string, session: Session): Promise<{ name: string; scenario: JsonObject }> {
  const { text, source } = await readInput(path, session);
  const value = parseJson(text, source);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { name: source, scenario: value as JsonObject };
  }
  throw usageError(`${source}: expected a JSON object`, scenarioHint);
}

const hint = 'see those that are known by name: gsdk emulator scenario ls; the keys: docs/emulator.md';
