import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { trustedPath } from '../../../base/trusted-path.ts';
import type { Emulator } from '../../../emulator/index.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { controlVariable } from '../control/control-file.ts';

/** Running gateways by the name of their profile; at least one. */
export type Gateways = ReadonlyMap<string, Emulator>;

/** What a command needs around it to find embedded gateways, in a private folder. */
export interface Surroundings {
  /** The root certificate of the first gateway, under the name that a real gateway gives it. */
  caFile: string;
  /** A config file with a profile for each gateway. */
  configFile: string;
  /** Where the gateways are handled, and their tokens. */
  controlFile: string;
  /** The private folder with all of them. */
  folder: string;
  /** A folder with a `gsdk` in it. */
  programFolder: string;
  remove(): void;
}

/**
 * Writes the files with which a command finds embedded gateways. Only their owner can read them.
 *
 * @param program the file that was started as gsdk
 * @throws GsdkError when that cannot be done; then the gateways are stopped, as nobody else knows of them yet
 */
export async function surroundingsOf(gateways: Gateways, program: string): Promise<Surroundings> {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(trustedPath(tmpdir()), 'gsdk-emulator-'));
    return writeSurroundings(gateways, program, folder);
  } catch (error) {
    for (const emulator of gateways.values()) await emulator.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    const { code, path, message } = error as NodeJS.ErrnoException;
    throw usageError(
      `cannot write to ${path ?? tmpdir()} (${code ?? message})`,
      'name a folder for temporary files: TMPDIR',
    );
  }
}

function writeSurroundings(gateways: Gateways, program: string, folder: string): Surroundings {
  const configFile = join(folder, 'config.json');
  const controlFile = join(folder, 'control.json');
  const programFolder = join(folder, 'bin');
  const caFiles = [...gateways].map(([name, { caCertificate }]) => {
    const caFile = join(folder, 'gateways', name, 'cert', 'ca.crt');
    mkdirSync(dirname(caFile), { recursive: true });
    writeFileSync(caFile, caCertificate, { mode: 0o600 });
    return caFile;
  });
  const profiles = [...gateways].map(([name, { address }]) => [
    name,
    { gateway: address, caFile: `gateways/${name}/cert/ca.crt` },
  ]);
  const config = { profiles: Object.fromEntries(profiles) };
  mkdirSync(programFolder);
  writeFileSync(configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  const controls = [...gateways].map(([name, { control }]) => [name, control]);
  writeFileSync(controlFile, `${JSON.stringify(Object.fromEntries(controls), null, 2)}\n`, { mode: 0o600 });
  symlinkSync(realpathSync(program), join(programFolder, 'gsdk'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { caFile: caFiles[0] ?? '', configFile, controlFile, folder, programFolder, remove };
}

/** Where a command is looked for if the caller has no PATH at all. */
const plainPath = '/usr/local/bin:/usr/bin:/bin';

/** The environment of a command that is to find the embedded gateways and nothing of the caller's own settings. */
export function environmentOf(
  gateways: Gateways,
  { programFolder, caFile, configFile, controlFile }: Surroundings,
  env: Readonly<Record<string, string | undefined>>,
) {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('GSDK_'));
  const [[profile, emulator] = []] = gateways;
  return {
    ...Object.fromEntries(others),
    // Last of all the folder of this very Node, for a caller that has none on its PATH.
    PATH: [programFolder, env.PATH || plainPath, dirname(execPath)].join(delimiter),
    GSDK_EMULATOR: '1',
    // Beside a gateway in the environment no other one could be named by its profile.
    ...(gateways.size === 1 ? { GSDK_GATEWAY: emulator?.address, GSDK_CA_FILE: caFile } : { GSDK_PROFILE: profile }),
    GSDK_CONFIG: configFile,
    [controlVariable]: controlFile,
  };
}
