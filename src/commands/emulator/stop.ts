import { setTimeout as pause } from 'node:timers/promises';
import { defineCommand } from '../../cli/define-command.ts';
import type { Host } from '../../cli/host.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { Shape } from '../../render/view.ts';
import { clear, defaultName, nameOption, names, ownerOf } from './instance/instances.ts';
import { isAlive, type Life } from './instance/life.ts';

const shape: Shape = {
  isRead: false,
  fields: ['name', 'pid', 'stopped'],
  nullable: ['pid'],
  columns: [
    { field: 'name', header: 'NAME' },
    { field: 'pid', header: 'PID' },
    { field: 'stopped', header: 'STOPPED' },
  ],
};

/** `gsdk emulator stop` */
export const emulatorStop = defineCommand({
  summary: 'Stop an emulator that runs in the background',
  examples: ['gsdk emulator stop', 'gsdk emulator stop --all'],
  description:
    'It returns when the process has ended, its port is free and its files are gone, also those of a\n' +
    'process that was killed. Where nothing runs there is nothing to do, and that is no failure.',
  output: shape,
  exitCodes: [],
  parameters: (command) =>
    command
      .option('--name <NAME>', `whose gateway; ${defaultName} unless given`, nameOption)
      .option('--all', 'every one of this user'),
  run: async ({ session }, { name, all }) => {
    if (all && name !== undefined) throw usageError('--all beside --name', 'say one of them');
    await session.show(shape, async () => {
      const rows = [];
      for (const each of all ? names() : [name ?? defaultName]) rows.push(await stop(each, session.host));
      return { rows };
    });
  },
});
/** How long a process has for an end in order, in milliseconds. */
const graceMs = 5_000;

async function stop(name: string, host: Host) {
  const owner = ownerOf(name);
  const wasAlive = owner !== undefined && (await isAlive(owner));
  if (owner && wasAlive && !(await ended(owner, 'SIGTERM', host))) await ended(owner, 'SIGKILL', host);
  clear(name);
  return { name, pid: owner?.pid ?? null, stopped: wasAlive };
}

/** Sends a signal and waits; whether the process has ended by then. */
async function ended(life: Life, signal: 'SIGTERM' | 'SIGKILL', host: Host): Promise<boolean> {
  host.kill(life.pid, signal);
  for (let waitedMs = 0; waitedMs < graceMs; waitedMs += 20) {
    if (!(await isAlive(life))) return true;
    await pause(20);
  }
  return false;
}
