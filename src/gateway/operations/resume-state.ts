import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../base/atomic-file.ts';
import type { ConnectTarget, SlaveDevices } from '../gateway.ts';
import { stateDir } from './state-dir.ts';

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
  /** @throws GsdkError (USAGE) or Node's error when it cannot be written: then nothing should be begun */
  note(change: Unfinished): void;
  forget(deviceID: number): void;
}

const longestAgeMs = 24 * 3600 * 1000;

/** The notes about a gateway: files in the state folder, each written at one go. */
export function unfinishedChanges(target: string): UnfinishedChanges {
  const name = createHash('sha256').update(target).digest('hex').slice(0, 16);
  const folder = () => stateDir(`resume-${name}`);
  const file = (deviceID: number) => join(folder(), `${deviceID}.json`);
  return {
    all() {
      const own = folder();
      const changes = namesIn(own).flatMap((one) => read(join(own, one)));
      removeIfEmpty(own);
      return new Map(changes.map((change) => [change.deviceID, change]));
    },
    note: (change) => replaceFile(file(change.deviceID), JSON.stringify(change)),
    forget(deviceID) {
      rmSync(file(deviceID), { force: true });
      removeIfEmpty(folder());
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

/** What cannot be read, is old, or is a link is no note of ours. The folder belongs to this user alone. */
function read(path: string): Unfinished[] {
  try {
    const found = lstatSync(path);
    if (!found.isFile() || Date.now() - found.mtimeMs > longestAgeMs) return [];
    return [JSON.parse(readFileSync(path, 'utf8')) as Unfinished];
  } catch {
    return [];
  }
}
