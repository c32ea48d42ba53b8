import type { ScenarioRun } from '../../../gen/emulator/control_pb.ts';
import type { Row, Shape } from '../../../render/view.ts';
import { rfc3339 } from '../control/perform.ts';

/** What the commands on scenarios print: how it stands with each step. */
export const stepShape: Shape = {
  isRead: false,
  types: { state: { type: 'string', enum: ['waiting', 'done', 'failed', 'open', 'met', 'unmet'] } },
  nullable: ['message'],
  fields: ['run', 'scenario', 'time', 'stopped', 'step', 'do', 'happened', 'times', 'state', 'message'],
  columns: [
    { field: 'run', header: 'RUN' },
    { field: 'scenario', header: 'SCENARIO' },
    { field: 'step', header: 'STEP' },
    { field: 'do', header: 'DO' },
    { field: 'happened', header: 'HAPPENED' },
    { field: 'times', header: 'OF' },
    { field: 'state', header: 'STATE' },
    { field: 'message', header: 'MESSAGE' },
    { field: 'time', header: 'BEGAN', isWide: true },
    { field: 'stopped', header: 'STOPPED', isWide: true },
  ],
};

/** The rows of a scenario that has begun, one a step. */
export const stepRows = ({ run, name, time, stopped, steps }: ScenarioRun): Row[] =>
  steps.map(({ step, do: verb, happened, times, state, message }) => ({
    ...{ run, scenario: name, time: rfc3339(time), stopped, step, do: verb, happened, times, state },
    message: message ?? null,
  }));
