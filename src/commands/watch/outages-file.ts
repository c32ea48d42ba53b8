import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseDeviceID } from '../../base/device-id.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { Outage } from '../../gateway/subscription/down-tracker.ts';

/**
 * Reads the outages that an earlier run left.
 *
 * @returns none if there is no such file yet
 * @throws GsdkError (USAGE) when it cannot be read, or is no such file
 */
export function readOutages(path: string): Outage[] {
  try {
    const { outages } = JSON.parse(readFileSync(path, 'utf8')) as { outages: Record<string, unknown>[] };
    return outages.map(({ deviceID, downSince, isTold }) => {
      const downSinceMs = Date.parse(String(downSince));
      if (parseDeviceID(String(deviceID)) === undefined || Number.isNaN(downSinceMs)) throw new Error('not an outage');
      return { deviceID: Number(deviceID), downSinceMs, isTold: isTold === true };
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    const hint = 'name a file that an earlier --state wrote, or one that does not exist yet';
    throw usageError(`--state: cannot read ${path} (${code ?? message})`, hint);
  }
}

/** Writes the outages for the next run, whole or not at all; only their owner can read them. */
export function writeOutages(path: string, outages: readonly Outage[]): void {
  const rows = outages.map(({ downSinceMs, ...outage }) => ({
    ...outage,
    downSince: new Date(downSinceMs).toISOString(),
  }));
  const temporary = `${path}.new`;
  writeFileSync(temporary, `${JSON.stringify({ outages: rows }, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}
