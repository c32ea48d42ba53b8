import type { JsonObject } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { NotFoundError } from '../input/not-found-error.ts';
import type { Run } from '../scenario/runner.ts';
import { parseScenario } from '../scenario/scenario.ts';
import { shippedScenarios } from '../scenario/shipped.ts';
import { toControlError } from './refused.ts';
import type { ControlTargets } from './targets.ts';

/** Lets a scenario begin: one that is known by name, or the one that is given. */
export const runScenario =
  ({ emulator }: ControlTargets) =>
  async ({ name, scenario }: { name: string; scenario?: JsonObject | undefined }) =>
    toControlError(() => {
      const title = name || 'scenario';
      const parsed = parseScenario(scenario ?? shipped(name), emulator, title);
      return { run: runMessage(emulator.stage.run(parsed, title)) };
    });

function shipped(name: string) {
  const scenario = Object.hasOwn(shippedScenarios, name) ? shippedScenarios[name] : undefined;
  if (scenario) return scenario;
  const known = Object.keys(shippedScenarios).join(', ');
  throw new NotFoundError(`no scenario is called ${JSON.stringify(name)}; known are ${known}`);
}

/** Tells how it stands with the scenarios that have begun. */
export const getScenarioStatus =
  ({ emulator }: ControlTargets) =>
  async () => ({ runs: emulator.stage.runs.map(runMessage) });

/** Lets nothing of a scenario happen any more; zero means all of them. */
export const stopScenario =
  ({ emulator }: ControlTargets) =>
  async ({ run }: { run: number }) =>
    toControlError(() => {
      const stopped = emulator.stage.stop(run === 0 ? undefined : run);
      if (run !== 0 && stopped.length === 0) throw new NotFoundError(`no scenario has begun as number ${run}`);
      return { runs: stopped.map(runMessage) };
    });

const runMessage = ({ number, name, time, isStopped, report }: Run) => ({
  ...{ run: number, name, time: timestampFromMs(time), stopped: isStopped },
  steps: report().map(({ message, ...step }) => ({ ...step, ...(message !== undefined && { message }) })),
});
