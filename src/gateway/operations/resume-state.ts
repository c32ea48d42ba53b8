import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ConnectTarget, SlaveDevices } from '../gateway.ts';
import { ownFolder } from './state-dir.ts';

/** How a device was connected, and what would be lost with its entry, before a change in several steps began. */
export interface Unfinished extends ConnectTarget {
  deviceID: number;
  kind: 'async' | 'dial-in' | 'sync';
  slaves: SlaveDevices | null;
}

/** Changes in several steps that have not come to their end: a note for each device, for whoever runs the same again. */
export interface UnfinishedChanges {
  /** Those of this gateway, by device; none older than a day, because by then somebody has mended it otherwise. */
  all(): ReadonlyMap<number, Unfinished>;
  /** @throws Node's error when it cannot be written: then nothing should be begun */
  note(change: Unfinished): void;
  forget(deviceID: number): void;
}

const longestAgeMs = 24 * 3600 * 1000;

/** The notes about a gateway: files in the user's own temporary folder, each written at one go. */
export function unfinishedChanges(target: string): UnfinishedChanges {
  const name = createHash('sha256').update(target).digest('hex').slice(0, 16);
  const folder = join(ownFolder(), `unfinished-${name}`);
  const file = (deviceID: number) => join(folder, `${deviceID}.json`);
  return {
    all: () =>
      new Map(
        namesIn(folder)
          .flatMap((one) => read(join(folder, one)))
          .map((change) => [change.deviceID, change]),
      ),
    note(change) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const draft = `${file(change.deviceID)}.new`;
      writeFileSync(draft, JSON.stringify(change), { mode: 0o600 });
      renameSync(draft, file(change.deviceID));
    },
    forget(deviceID) {
      rmSync(file(deviceID), { force: true });
      removeIfEmpty(folder);
    },
  };
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // There are others, or there never was one.
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+\.json$/.test(name));
  } catch {
    return [];
  }
}

/** What cannot be read, is old, or was put there by another user is no note of ours. */
function read(path: string): Unfinished[] {
  try {
    const { uid, mtimeMs } = statSync(path);
    if (uid !== userInfo().uid || Date.now() - mtimeMs > longestAgeMs) return [];
    return [JSON.parse(readFileSync(path, 'utf8')) as Unfinished];
  } catch {
    return [];
  }
}
