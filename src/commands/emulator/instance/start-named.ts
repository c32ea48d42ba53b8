import type { Session } from '../../../cli/session.ts';
import type { EmulatorOptions, Scenario, StepReport } from '../../../emulator/index.ts';
import { GsdkError } from '../../../errors/gsdk-error.ts';
import { surroundingsOf } from '../options/child-environment.ts';
import { type ClockChoice, chosenClock } from '../options/clock-option.ts';
import { type GatewayOptions, readGateway } from '../options/gateway-options.ts';
import { readScenario } from '../options/scenario-option.ts';
import { claim, clear, publish } from './instances.ts';

/** What is to be started, checked as a whole before anything is. */
export interface RunPlan {
  options: EmulatorOptions;
  scenario: Scenario | undefined;
  /** How messages name it. */
  scenarioName: string;
}

/** The options of the command line that say what is to be started. */
export interface RunOptions extends GatewayOptions {
  port?: number | undefined;
  clock: ClockChoice;
  scenario?: string | undefined;
  seed?: number | undefined;
}

/** Reads the files and makes the settings of a gateway. @throws GsdkError (USAGE) naming file and place */
export async function readRunPlan(given: RunOptions, session: Session): Promise<RunPlan> {
  const { port, clock, seed } = given;
  const plan = await readGateway(given, session);
  const setting = { fleet: plan.fleet, seed };
  const scenario = given.scenario === undefined ? undefined : await readScenario(given.scenario, setting, session);
  const options = {
    clock: await chosenClock(clock),
    control: true,
    seed,
    ...plan,
    ...(port !== undefined && { port }),
  };
  return { options, scenario, scenarioName: given.scenario ?? '' };
}

/** A gateway that runs in this process. */
export interface Started {
  gateway: string;
  caFile: string;
  controlFile: string;
  seed: number;
  /** How it stands with the steps of its scenario. */
  report: () => StepReport[];
  /** Ends it; its port is free, and its files and its name are gone, when that resolves. */
  stop: () => Promise<void>;
}

/**
 * Starts a gateway, under a name by which other processes find it if one is given.
 *
 * @throws GsdkError CONFLICT when name or port is taken; then nothing is left behind
 */
export async function startNamed(name: string | undefined, plan: RunPlan, session: Session): Promise<Started> {
  const { argv, pid } = session.host;
  if (name === undefined) return start(plan, argv[1] ?? '');
  await claim(name, pid);
  try {
    const { stop, report, ...started } = await start(plan, argv[1] ?? '');
    publish({ name, pid, ...started, startTime: new Date().toISOString() });
    return { ...started, report, stop: () => stop().finally(() => clear(name)) };
  } catch (error) {
    clear(name);
    throw error;
  }
}

async function start({ options, scenario, scenarioName: name }: RunPlan, program: string) {
  const { startEmulator } = await import('../../../emulator/index.ts');
  const emulator = await startEmulator(options).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? portTaken(options.port) : error;
  });
  const { remove, ...files } = await surroundingsOf(new Map([['emulator', emulator]]), program);
  const report = scenario ? emulator.stage.run(scenario, name).report : () => [];
  const stop = () => emulator.close().finally(remove);
  return { gateway: emulator.address, seed: emulator.seed, ...files, report, stop };
}

const portTaken = (port: number | undefined) =>
  new GsdkError({
    class: 'CONFLICT',
    message: `port ${port} is taken`,
    hint: 'leave --port out for any free one',
    stage: 'cli',
  });
