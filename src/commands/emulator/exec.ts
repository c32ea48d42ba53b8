import { defineCommand } from '../../cli/define-command.ts';
import { countOption } from '../../cli/input/option-parsers.ts';
import type { Session } from '../../cli/session.ts';
import type { Emulator, EmulatorOptions, FleetPlan, Scenario, StepReport } from '../../emulator/index.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { handlerError, runChild } from './options/child.ts';
import { environmentOf, surroundingsOf } from './options/child-environment.ts';
import { aboutClock, type ClockChoice, chosenClock, clockOption } from './options/clock-option.ts';
import { judge, warnOfSteps } from './options/exit-outcome.ts';
import { readProfiles } from './options/fleet-option.ts';
import { type GatewayOptions, mostDevices, readGateway, readOverrides } from './options/gateway-options.ts';
import { gatewayVersionOption } from './options/gateway-version.ts';
import { about } from './options/run-options.ts';
import { readScenario } from './options/scenario-option.ts';
import { aboutSeed, seedLine, seedOption } from './options/seed.ts';

/** `gsdk emulator exec` */
export const emulatorExec = defineCommand({
  summary: 'Run a command with an emulator for its duration',
  examples: [
    'gsdk emulator exec -- gsdk search',
    'gsdk emulator exec --profile site1=site1.csv --profile site2=site2.csv -- ./nightly.sh',
    'gsdk emulator exec --fleet doors.yaml --scenario night.json -- ./watchdog.sh',
    'gsdk emulator exec --devices 500 -- gsdk search -o ids',
    'gsdk emulator exec --clock scaled:20 --scenario gateway-amnesia -- ./nightly.sh',
    "gsdk emulator exec --clock scaled:20 -- sh -c 'gsdk connect 192.168.0.104 && gsdk device ls'",
  ],
  description:
    'The command finds a gateway of its own by GSDK_GATEWAY, GSDK_CA_FILE and the profile "emulator",\n' +
    'a gsdk on its PATH, and none of your own settings. Its exit code is passed on, and signals to it.\n' +
    'With --profile NAME=FLEET there is a gateway for each name, found by --profile NAME; the first one\n' +
    'also without.\n' +
    'Where a scenario expects something that does not come about, and the command itself ended with 0,\n' +
    'it ends with 8; steps that had not happened by then are warned of.',
  exitCodes: [8, 125, 126, 127],
  parameters: (command) =>
    command
      .usage('[options] [--profile NAME=FLEET] -- <command...>')
      .argument('<command...>', 'the command and its arguments, after --')
      .option('--clock <CLOCK>', aboutClock, clockOption, 1)
      .option('--fleet <FILE>', about.fleet)
      .option('--devices <N>', about.devices, countOption('--devices', mostDevices))
      .option('--scenario <FILE>', about.scenario)
      .addOption(gatewayVersionOption())
      .option('--gateway-config <FILE>', about.gatewayConfig)
      .option('--seed <N>', aboutSeed, seedOption),
  run: async ({ session, command }, [file = '', ...args], { clock, seed, ...files }) => {
    const { profile } = command.optsWithGlobals() as { profile?: string };
    const plan = await readPlan({ ...files, profile, seed }, session);
    const { gateways, surroundings } = await start(session, plan.fleets, { clock, seed });
    try {
      session.signal.throwIfAborted();
      const env = environmentOf(gateways, surroundings, session.host.env);
      const report = begin(plan, gateways, files.scenario);
      session.ending = await runChild({ file, args, env }, session);
      const outcome = { scenario: files.scenario ?? '', steps: report() };
      await warnOfSteps(outcome, session);
      await judge(outcome, session);
    } finally {
      for (const emulator of gateways.values()) await emulator.close();
      surroundings.remove();
    }
  },
});

/** What is to be started, checked as a whole before anything is. */
interface Plan {
  fleets: ReadonlyMap<string, FleetPlan>;
  scenario?: Scenario;
}

interface PlanFiles extends GatewayOptions {
  scenario?: string | undefined;
  /** `NAME=FLEET`, parted by commas. */
  profile?: string | undefined;
  seed?: number | undefined;
}

async function readPlan({ scenario, profile, seed, ...given }: PlanFiles, session: Session): Promise<Plan> {
  if (profile !== undefined) {
    if (scenario !== undefined)
      throw usageError('--scenario beside --profile', 'a scenario is for one gateway: --fleet');
    return { fleets: await readSeveral(profile, given, session) };
  }
  const plan = await readGateway(given, session);
  const fleets = new Map([['emulator', plan]]);
  if (scenario === undefined) return { fleets };
  return { fleets, scenario: await readScenario(scenario, { fleet: plan.fleet, seed }, session) };
}

async function readSeveral(profile: string, given: GatewayOptions, session: Session): Promise<Plan['fleets']> {
  const other = (['fleet', 'devices'] as const).find((name) => given[name] !== undefined);
  if (other) throw usageError(`--${other} beside --profile NAME=FLEET`, 'say one of them');
  const fleets = await readProfiles(profile, session);
  const overrides = await readOverrides(given, session);
  return new Map([...fleets].map(([name, plan]) => [name, { ...plan, ...overrides }]));
}

/** What all gateways are given. */
type Given = Pick<EmulatorOptions, 'seed'> & { clock: ClockChoice };

async function start(session: Session, fleets: Plan['fleets'], { clock, ...given }: Given) {
  const gateways = new Map<string, Emulator>();
  try {
    const { startEmulator } = await import('../../emulator/index.ts');
    for (const [name, plan] of fleets) {
      gateways.set(name, await startEmulator({ ...given, ...plan, clock: await chosenClock(clock), control: true }));
    }
    const [first] = gateways.values();
    await session.detail(seedLine(first?.seed));
    return { gateways, surroundings: await surroundingsOf(gateways, session.host.argv[1] ?? '') };
  } catch (error) {
    for (const emulator of gateways.values()) await emulator.close();
    throw handlerError(125, `the embedded gateway did not start: ${(error as Error).message}`, error);
  }
}

/** Lets the scenario begin; how it stands with its steps is known at any time. */
function begin({ scenario }: Plan, gateways: ReadonlyMap<string, Emulator>, name = ''): () => StepReport[] {
  const [emulator] = gateways.values();
  if (!scenario || !emulator) return () => [];
  return emulator.stage.run(scenario, name).report;
}
