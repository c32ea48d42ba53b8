import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Emulator, type EmulatorOptions, scaledClock, startEmulator, toFleet } from '../../src/emulator/index.ts';
import { bin, root, run } from './gsdk.ts';
import { pathWithJq } from './jq.ts';
import { type Stranger, stranger } from './stranger.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A job of docs/sites.md, with what stands in its blocks. */
export interface Job {
  /** `7. Restore a site after a restart` */
  title: string;
  blocks: readonly { language: string; text: string }[];
}

const page = readFileSync(join(root, 'docs', 'sites.md'), 'utf8');
const [introduction = '', ...sections] = page.split(/^### (?=\d)/m);

/** What the page says before its jobs. */
export { introduction };

/** The jobs of docs/sites.md, in order. */
export const jobs: readonly Job[] = sections.map((section) => ({
  title: section.split('\n', 1)[0] ?? '',
  blocks: [...section.matchAll(/^```(\w+)\n([^`]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  })),
}));

/** The blocks of a job in one language. @param number of the job, from 1 */
export const blocksOf = (number: number, language: string): string[] =>
  jobs[number - 1]?.blocks.filter((block) => block.language === language).map(({ text }) => text) ?? [];

const isThere = async (shell: string) => (await run(shell, ['-c', 'exit 0'])).exitCode === 0;

/** The shells in which the jobs are to run; on a machine that has none of them, whatever its `sh` is. */
export const shells: readonly string[] = await Promise.all(
  ['dash', 'bash'].map(async (shell) => ((await isThere(shell)) ? shell : 'sh')),
);

/** A site file of five doors: dialled with slaves, dialled, dialled by SSL, dialling in, dialling in by SSL. */
export const siteFile = `deviceID,name,connectionMode,IPAddr,port,useSSL,rs485SlaveDeviceIDs,wiegandSlaveDeviceIDs
101,정문,SERVER_TO_DEVICE,192.168.0.101,51211,false,9001 9002,
102,"Lobby, left",SERVER_TO_DEVICE,192.168.0.102,51211,false,,
103,Dock,SERVER_TO_DEVICE,192.168.0.103,51211,true,,
104,Gate,DEVICE_TO_SERVER,192.168.0.104,0,false,,
105,Yard,DEVICE_TO_SERVER,192.168.0.105,0,true,,
`;

const slaves = { deviceID: 101, rs485SlaveDeviceIDs: [9001, 9002], wiegandSlaveDeviceIDs: [] };
const doors = siteFile
  .trim()
  .split('\n')
  .slice(1)
  .map((line, index) => {
    const [deviceID, , mode, IPAddr = '', , useSSL] = line.replace('"Lobby, left"', '').split(',');
    const fields = {
      deviceID,
      connectionMode: mode,
      IPAddr,
      useSSL,
      rs485SlaveDeviceIDs: index === 0 ? '9001 9002' : '',
    };
    return { fields, where: `door ${index + 1}` };
  });

/** How a job is run. */
export interface JobOptions {
  shell?: string;
  /** Which of its scripts; the first unless given. */
  index?: number;
  args?: readonly string[];
  env?: Record<string, string>;
}

/** A folder in which jobs are run. */
export interface JobFolder {
  folder: string;
  env: Record<string, string>;
  /** Writes a file into the folder. */
  write(name: string, text: string): void;
  read(name: string): string;
  /** Runs a program in the folder. */
  command(file: string, args: readonly string[], env?: Record<string, string>): ReturnType<typeof run>;
  gsdk(...args: string[]): ReturnType<typeof run>;
  /** Runs a script of a job as it stands. */
  job(number: number, options?: JobOptions): ReturnType<typeof run>;
}

/** The same with a gateway that has the devices of {@link siteFile}. */
export interface JobSite extends JobFolder {
  emulator: Emulator;
  /** Another client, to look and to bring things about. */
  client: Stranger;
}

/** Makes folders for jobs, which go after the last test. Not to be called within a test, but what it returns is. */
export function jobFolders() {
  const top = temporaryFolder();
  const programs = join(top, 'programs');
  mkdirSync(programs);
  writeProgram(join(programs, 'gsdk'), `exec '${process.execPath}' '${bin}' "$@"`);
  const path = [programs, pathWithJq(temporaryFolder())].join(delimiter);
  return (): JobFolder => {
    const folder = mkdtempSync(join(top, 'site '));
    const env = { PATH: path, TMPDIR: mkdtempSync(join(top, 'tmp ')) };
    const command: JobFolder['command'] = (file, args, others) =>
      run(file, args, { env: { ...env, ...others }, cwd: folder });
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    return {
      ...{ folder, env, write, command },
      read: (name) => readFileSync(join(folder, name), 'utf8'),
      gsdk: (...args) => command(process.execPath, [bin, ...args]),
      job(number, { shell = 'sh', index = 0, args = [], env: others } = {}) {
        write('job.sh', blocksOf(number, 'sh')[index] ?? 'exit 99');
        return command(shell, ['job.sh', ...args], others);
      },
    };
  };
}

/** What a gateway is like in front of which jobs are run. */
type JobSiteOptions = Pick<EmulatorOptions, 'certificates'> & { isManaged?: boolean };

/** Makes gateways in front of which jobs are run, each for the test that runs. Not to be called within a test. */
export function jobSites() {
  const jobFolder = jobFolders();
  /** A new one, with its site file; with `isManaged` everything is as that says. */
  return async ({ isManaged = true, ...options }: JobSiteOptions = {}): Promise<JobSite> => {
    const emulator = await startEmulator({
      ...{ fleet: toFleet(doors), clock: scaledClock(100), control: true },
      ...options,
    });
    const client = stranger(emulator);
    onTestFinished(async () => {
      client.close();
      await emulator.close();
    });
    if (isManaged) await bringUp(client);
    const { folder, env, write, ...others } = jobFolder();
    write('ca.crt', emulator.caCertificate);
    write('control.json', JSON.stringify({ emulator: emulator.control }));
    write('site.csv', siteFile);
    Object.assign(env, {
      ...{ GSDK_GATEWAY: emulator.address, GSDK_CA_FILE: join(folder, 'ca.crt') },
      GSDK_EMULATOR_CONTROL: join(folder, 'control.json'),
    });
    return { emulator, client, folder, env, write, ...others };
  };
}

/** Writes a program in `sh`. */
export function writeProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

async function bringUp(client: Stranger): Promise<void> {
  await client.setFilter({ deviceIDs: [104, 105] });
  await client.addAsync(
    { deviceID: 101, IPAddr: '192.168.0.101' },
    { deviceID: 102, IPAddr: '192.168.0.102' },
    { deviceID: 103, IPAddr: '192.168.0.103', useSSL: true },
  );
  while ((await up(client)).length < doors.length);
  await client.setSlaves(slaves);
}

/** The devices that are connected, by ID. */
export const up = async (client: Stranger): Promise<number[]> =>
  (await client.devices())
    .filter(({ status }) => status === 1 || status === 2)
    .map(({ deviceID }) => deviceID)
    .sort((one, other) => one - other);

/** What a command is that has nothing to say. */
export const silence = { exitCode: 0, stdout: '', stderr: '' };
