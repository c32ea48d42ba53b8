import { defineCommand } from '../../cli/define-command.ts';
import type { Shape } from '../../render/view.ts';
import { nameOption, names, ownerOf, read } from './instance/instances.ts';
import { isAlive } from './instance/life.ts';

const fields = ['name', 'state', 'pid', 'gateway', 'caFile', 'startTime'];

const shape: Shape = {
  isRead: true,
  nullable: ['pid', 'gateway', 'caFile', 'startTime'],
  fields,
  columns: [
    { field: 'name', header: 'NAME' },
    { field: 'state', header: 'STATE' },
    { field: 'pid', header: 'PID' },
    { field: 'gateway', header: 'GATEWAY' },
    { field: 'startTime', header: 'STARTED' },
    { field: 'caFile', header: 'CA FILE', isWide: true },
  ],
};

/** `gsdk emulator status` */
export const emulatorStatus = defineCommand({
  summary: 'List the emulators that run in the background',
  examples: ['gsdk emulator status', 'gsdk emulator status --name ci --json'],
  description:
    'State is running; starting, as long as the gateway does not answer; or dead, for one that was killed\n' +
    'and has left its files, which gsdk emulator stop removes. With --name, it ends with 8 unless that\n' +
    'gateway runs.',
  output: shape,
  exitCodes: [8],
  parameters: (command) => command.option('--name <NAME>', 'this one only', nameOption),
  run: ({ session }, { name }) =>
    session.show(shape, async () => {
      const wanted = names().filter((each) => name === undefined || each === name);
      const rows = await Promise.all(wanted.map(rowOf));
      return { rows, exitCode: name === undefined || rows[0]?.state === 'running' ? 0 : 8 };
    }),
});

async function rowOf(name: string) {
  const owner = ownerOf(name);
  const { gateway = null, caFile = null, startTime = null } = read(name) ?? {};
  const isUp = owner !== undefined && (await isAlive(owner));
  const state = isUp ? (gateway === null ? 'starting' : 'running') : 'dead';
  return { name, state, pid: owner?.pid ?? null, gateway, caFile, startTime };
}
