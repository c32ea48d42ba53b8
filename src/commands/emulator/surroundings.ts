import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { execPath } from 'node:process';
import type { Emulator } from '../../emulator/index.ts';
import { usageError } from '../../errors/gsdk-error.ts';

/** What a command needs around it to find an embedded gateway, in a private folder. */
export interface Surroundings {
  /** The root certificate of the gateway, under the name that a real gateway gives it. */
  caFile: string;
  /** A config file with one profile, `emulator`. */
  configFile: string;
  /** A folder with a `gsdk` in it. */
  programFolder: string;
  remove(): void;
}

/**
 * Writes the files with which a command finds an embedded gateway. Only their owner can read them.
 *
 * @param program the file that was started as gsdk
 * @throws GsdkError when that cannot be done; then the gateway is stopped, as nobody else knows of it yet
 */
export async function surroundingsOf(emulator: Emulator, program: string): Promise<Surroundings> {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(resolve(tmpdir()), 'gsdk-emulator-'));
    return writeSurroundings(emulator, program, folder);
  } catch (error) {
    await emulator.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    const { code, path, message } = error as NodeJS.ErrnoException;
    throw usageError(
      `cannot write to ${path ?? tmpdir()} (${code ?? message})`,
      'name a folder for temporary files: TMPDIR',
    );
  }
}

function writeSurroundings(emulator: Emulator, program: string, folder: string): Surroundings {
  const caFile = join(folder, 'cert', 'ca.crt');
  const configFile = join(folder, 'config.json');
  const programFolder = join(folder, 'bin');
  const config = { profiles: { emulator: { gateway: emulator.address, caFile: 'cert/ca.crt' } } };
  mkdirSync(dirname(caFile));
  mkdirSync(programFolder);
  writeFileSync(caFile, emulator.caCertificate, { mode: 0o600 });
  writeFileSync(configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  symlinkSync(realpathSync(program), join(programFolder, 'gsdk'));
  return { caFile, configFile, programFolder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Where a command is looked for if the caller has no PATH at all. */
const plainPath = '/usr/local/bin:/usr/bin:/bin';

/** The environment of a command that is to find the embedded gateway and nothing of the caller's own settings. */
export function environmentOf(
  emulator: Emulator,
  surroundings: Surroundings,
  env: Readonly<Record<string, string | undefined>>,
) {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('GSDK_'));
  return {
    ...Object.fromEntries(others),
    // Last of all the folder of this very Node, for a caller that has none on its PATH.
    PATH: [surroundings.programFolder, env.PATH || plainPath, dirname(execPath)].join(delimiter),
    GSDK_EMULATOR: '1',
    GSDK_GATEWAY: emulator.address,
    GSDK_CA_FILE: surroundings.caFile,
    GSDK_CONFIG: surroundings.configFile,
  };
}
