import { once } from 'node:events';
import { closeSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { execPath } from 'node:process';
import type { Readable } from 'node:stream';
import { defineCommand } from '../../cli/define-command.ts';
import { countOption, durationOption, portOption } from '../../cli/input/option-parsers.ts';
import type { Session } from '../../cli/session.ts';
import { GsdkError, usageError } from '../../errors/gsdk-error.ts';
import type { Shape } from '../../render/view.ts';
import { defaultName, type Instance, logOf, nameOption, read } from './instance/instances.ts';
import { clockOption } from './options/clock-option.ts';
import { mostDevices } from './options/gateway-options.ts';
import { gatewayVersionOption } from './options/gateway-version.ts';
import { about, pidOption } from './options/run-options.ts';
import { aboutSeed, seedLine, seedOption } from './options/seed.ts';

const shape: Shape = {
  isRead: false,
  fields: ['name', 'pid', 'gateway', 'caFile'],
  columns: [
    { field: 'name', header: 'NAME' },
    { field: 'pid', header: 'PID' },
    { field: 'gateway', header: 'GATEWAY' },
    { field: 'caFile', header: 'CA FILE' },
  ],
  isObject: true,
};

/** `gsdk emulator start` */
export const emulatorStart = defineCommand({
  summary: 'Start an emulator in the background',
  examples: [
    'gsdk emulator start && eval "$(gsdk emulator env)"',
    'gsdk emulator start --name ci --ttl 30m --exit-with-pid $$',
    'gsdk emulator start --devices 500 --gateway-config config.json',
  ],
  description:
    'It returns when the gateway, which goes on in the background, has answered a call. End it with\n' +
    'gsdk emulator stop; --ttl and --exit-with-pid end it even if nobody does.',
  output: shape,
  exitCodes: [9, 125],
  parameters: (command) =>
    command
      .option('--name <NAME>', 'for emulator status, env and stop', nameOption, defaultName)
      .option('--port <PORT>', about.port, portOption('--port'))
      .option('--clock <CLOCK>', about.clock, clockOption)
      .option('--fleet <FILE>', about.fleet)
      .option('--devices <N>', about.devices, countOption('--devices', mostDevices))
      .option('--scenario <FILE>', about.scenario)
      .addOption(gatewayVersionOption())
      .option('--gateway-config <FILE>', about.gatewayConfig)
      .option('--seed <N>', aboutSeed, seedOption)
      .option('--ttl <DURATION>', about.ttl, durationOption('--ttl'))
      .option('--exit-with-pid <PID>', about.exitWithPid, pidOption),
  run: ({ session }, { name, clock, ttl, ...others }) =>
    session.show(shape, async () => {
      refuseStandardInput(others);
      const given = {
        ...others,
        clock: typeof clock === 'number' ? `scaled:${clock}` : clock,
        ttl: ttl && `${ttl}ms`,
      };
      const words = Object.entries(given).flatMap(([option, value]) =>
        value === undefined ? [] : [`--${kebab(option)}`, String(value)],
      );
      const { pid, gateway, caFile, seed } = await startApart(name, words, session);
      await session.detail(seedLine(seed));
      return { rows: [{ name, pid, gateway, caFile }] };
    }),
});

/** What is read from there would not come to a process of its own. */
function refuseStandardInput(options: object): void {
  const name = Object.entries(options).find(([, value]) => value === '-')?.[0];
  if (name === undefined) return;
  throw usageError(`--${kebab(name)} -: standard input does not reach a gateway in the background`, 'name a file');
}

/** The name of an option as it is written on a command line. */
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Starts `emulator run` as a process of its own; resolves when it is ready. */
async function startApart(name: string, words: readonly string[], { host, signal }: Session): Promise<Instance> {
  const { spawn } = await import('node:child_process');
  // Under the name itself there may be the log of a gateway that runs.
  const logFile = `${logOf(name)}.${host.pid}`;
  const log = openSync(logFile, 'w', 0o600);
  const env = Object.fromEntries(Object.entries(host.env).filter(([variable]) => !variable.startsWith('GSDK_')));
  const args = [host.argv[1] ?? '', 'emulator', 'run', '--name', name, ...words, '-o', 'json'];
  const child = spawn(execPath, args, { env, detached: true, stdio: ['ignore', 'pipe', log] });
  closeSync(log);
  const output = child.stdout as Readable;
  const interrupt = () => child.kill('SIGTERM');
  signal.addEventListener('abort', interrupt);
  try {
    const [outcome] = await Promise.race([once(output, 'data'), once(child, 'close')]);
    signal.throwIfAborted();
    const instance = Buffer.isBuffer(outcome) ? read(name) : undefined;
    if (!instance) throw failureOf(readFileSync(logFile, 'utf8'));
    renameSync(logFile, logOf(name));
    return instance;
  } finally {
    signal.removeEventListener('abort', interrupt);
    rmSync(logFile, { force: true });
    output.destroy();
    child.unref();
  }
}

/** What went wrong in the other process, as it has told it. */
function failureOf(log: string): GsdkError {
  const last = log.trim().split('\n').at(-1) ?? '';
  try {
    const { class: kind, message, hint } = JSON.parse(last).error;
    return new GsdkError({ class: kind, message, hint, stage: 'cli' });
  } catch {
    const message = `the embedded gateway did not start: ${last.slice(0, 300) || 'it ended without a word'}`;
    return new GsdkError({
      class: 'HANDLER',
      exitCode: 125,
      message,
      hint: 'try it here: gsdk emulator run',
      stage: 'cli',
    });
  }
}
