import { shellQuote } from '../../base/shell-quote.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { countOption, durationOption, portOption } from '../../cli/input/option-parsers.ts';
import type { StepReport } from '../../emulator/index.ts';
import type { Shape } from '../../render/view.ts';
import { controlVariable } from './control/control-file.ts';
import { nameOption } from './instance/instances.ts';
import { readRunPlan, startNamed } from './instance/start-named.ts';
import { untilOver } from './instance/until.ts';
import { clockOption } from './options/clock-option.ts';
import { unmetLines } from './options/exit-outcome.ts';
import { mostDevices } from './options/gateway-options.ts';
import { gatewayVersionOption } from './options/gateway-version.ts';
import { about, findProcess, pidOption } from './options/run-options.ts';
import { aboutSeed, seedLine, seedOption } from './options/seed.ts';

const shape: Shape = {
  isRead: true,
  isObject: true,
  fields: ['gateway', 'caFile', 'controlFile'],
  columns: [
    { field: 'gateway', header: 'GATEWAY' },
    { field: 'caFile', header: 'CA FILE' },
    { field: 'controlFile', header: 'CONTROL FILE' },
  ],
};

/** `gsdk emulator run` */
export const emulatorRun = defineCommand({
  summary: 'Run the emulator in the foreground',
  examples: [
    'gsdk emulator run',
    'gsdk emulator run --port 4000 --clock scaled:20 --json',
    'gsdk emulator run --fleet fleet.yaml --gateway-version 1.7.1',
  ],
  description:
    'Once the gateway answers, it prints how to reach it, and then runs until it is interrupted. In\n' +
    'another shell, paste what it prints, then: gsdk search. With --name, other commands find it by that.',
  output: shape,
  exitCodes: [9, 130, 143],
  parameters: (command) =>
    command
      .option('--name <NAME>', 'for emulator status, env and stop', nameOption)
      .option('--port <PORT>', about.port, portOption('--port'))
      .option('--clock <CLOCK>', about.clock, clockOption, 1)
      .option('--fleet <FILE>', about.fleet)
      .option('--devices <N>', about.devices, countOption('--devices', mostDevices))
      .option('--scenario <FILE>', about.scenario)
      .addOption(gatewayVersionOption())
      .option('--gateway-config <FILE>', about.gatewayConfig)
      .option('--seed <N>', aboutSeed, seedOption)
      .option('--ttl <DURATION>', about.ttl, durationOption('--ttl'))
      .option('--exit-with-pid <PID>', about.exitWithPid, pidOption),
  run: async ({ session }, { name, ttl: ttlMs, exitWithPid, ...options }) => {
    const watchedProcess = exitWithPid === undefined ? undefined : await findProcess(exitWithPid);
    const plan = await readRunPlan(options, session);
    let stop: (() => Promise<void>) | undefined;
    let report = (): StepReport[] => [];
    try {
      await session.show(shape, async () => {
        const started = await startNamed(name, plan, session);
        ({ stop, report } = started);
        const { gateway, caFile, controlFile, seed } = started;
        await session.detail(seedLine(seed));
        const row = { gateway, caFile, controlFile };
        return { rows: [row], text: exportLines(row) };
      });
      // Not started where only the fields were asked for.
      if (stop) {
        await session.tell('running; Ctrl-C ends it');
        await untilOver({ signal: session.signal, ttlMs, watchedProcess });
        const outcome = { scenario: options.scenario ?? '', steps: report() };
        for (const line of unmetLines(outcome)) await session.warn(line);
      }
    } finally {
      await stop?.();
    }
  },
});
/** What a shell must be told, ready to paste. */
const exportLines = ({ gateway, caFile, controlFile }: Record<'gateway' | 'caFile' | 'controlFile', string>) =>
  `export GSDK_GATEWAY=${gateway}\nexport GSDK_CA_FILE=${shellQuote(caFile)}\n` +
  `export ${controlVariable}=${shellQuote(controlFile)}\n`;
