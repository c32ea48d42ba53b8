import { readFileSync } from 'node:fs';
import { writeFileAtomically } from '../../base/atomic-file.ts';
import { parseDeviceID } from '../../base/device-id.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { DownTracker, Outage } from '../../gateway/subscription/down-tracker.ts';

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

/** The file in which a run keeps its outages for the next one. */
export class OutagesFile {
  readonly #path: string;
  readonly #tracker: DownTracker;
  #saved = '';

  /** Writes it for the first time, to find out whether it can be. @throws GsdkError (USAGE) */
  constructor(path: string, tracker: DownTracker) {
    this.#path = path;
    this.#tracker = tracker;
    this.save();
  }

  /** Writes the outages, if there is anything new: whole or not at all; only their owner can read them. @throws GsdkError (USAGE) */
  save(): void {
    const rows = this.#tracker.outages.map(({ deviceID, downSinceMs, isTold }) => ({
      deviceID,
      downSince: new Date(downSinceMs).toISOString(),
      isTold,
    }));
    const text = `${JSON.stringify({ outages: rows }, null, 2)}\n`;
    if (text !== this.#saved) write(this.#path, text);
    this.#saved = text;
  }
}

function write(path: string, text: string): void {
  try {
    writeFileAtomically(path, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw usageError(`--state: cannot write ${path} (${code ?? message})`, 'name another file');
  }
}
