import { existsSync } from 'node:fs';
import { writeFileAtomically } from '../../base/atomic-file.ts';
import { trustedPath } from '../../base/trusted-path.ts';
import { type InputContext, readInput } from '../../cli/input/input.ts';
import { parseRecords, recordError } from '../../cli/input/records.ts';
import type { Session } from '../../cli/session.ts';
import { GsdkError, usageError } from '../../errors/gsdk-error.ts';
import type { DeviceResult } from '../../render/results.ts';
import { type SiteRecord, siteRow, toSiteRecord } from '../site/site-file.ts';

/** A door that is taken out on purpose, as it was, and until when. */
export interface Hold {
  record: SiteRecord;
  /** RFC 3339, UTC. */
  heldSince: string;
  /** RFC 3339, UTC. */
  heldUntil: string;
}

/** Holds by device ID. */
export type Holds = ReadonlyMap<number, Hold>;

/** Whether a hold has come to its end, and its door is to be put back. */
export const isDue = ({ heldUntil }: Hold, nowMs: number) => Date.parse(heldUntil) <= nowMs;

/**
 * Reads a file of holds: site records with `heldSince` and `heldUntil`.
 *
 * @returns none if no file is named, or there is none yet
 * @throws GsdkError (USAGE) naming file and place for what is no hold
 */
export async function readHolds(path: string | undefined, run: InputContext): Promise<Holds> {
  if (path === undefined || !existsSync(path)) return new Map();
  const records = await parseRecords(await readInput(path, run));
  return new Map(
    records.map((record) => {
      const { fields, where } = record;
      const time = (name: 'heldSince' | 'heldUntil') => {
        const milliseconds = Date.parse(String(fields[name] ?? ''));
        if (Number.isNaN(milliseconds))
          throw recordError(`${where}: expected a time as ${name}, as disconnect --hold writes it`);
        return new Date(milliseconds).toISOString();
      };
      const hold = { record: toSiteRecord(record), heldSince: time('heldSince'), heldUntil: time('heldUntil') };
      return [hold.record.deviceID, hold];
    }),
  );
}

/**
 * Changes a file of holds: read, changed and written as a whole, with no other gsdk at it meanwhile.
 *
 * @throws GsdkError USAGE when it cannot be read or written, CONFLICT when another gsdk does not come to an end with it
 */
export async function changeHolds(path: string, change: (before: Holds) => Holds, session: Session): Promise<void> {
  const { withLock } = await import('../../base/lock.ts');
  const rewrite = async () => {
    const before = await readHolds(path, session);
    const after = change(before);
    if (after !== before) write(path, after);
  };
  try {
    await withLock(trustedPath(path), rewrite, { signal: session.signal });
  } catch (error) {
    throw explained(error, path);
  }
}

/** Without these devices; the same holds if none of them is held. */
export function withoutHolds(holds: Holds, deviceIDs: readonly number[]): Holds {
  const left = new Map([...holds].filter(([id]) => !deviceIDs.includes(id)));
  return left.size === holds.size ? holds : left;
}

/** Forgets the holds of doors that are back as they should be. */
export async function forgetHolds(path: string, results: readonly DeviceResult[], session: Session): Promise<void> {
  const back = results.flatMap(({ deviceID, ok }) => (ok && deviceID !== null ? [deviceID] : []));
  await changeHolds(path, (before) => withoutHolds(before, back), session);
}

function write(path: string, holds: Holds): void {
  const rows = [...holds.values()].map(({ record, heldSince, heldUntil }) => ({
    ...siteRow(record),
    ...{ heldSince, heldUntil },
  }));
  writeFileAtomically(path, `${JSON.stringify(rows, null, 2)}\n`);
}

function explained(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ELOCKED') {
    const message = `another gsdk is changing ${path}`;
    return new GsdkError({ class: 'CONFLICT', message, hint: 'try again when it has ended', stage: 'cli' });
  }
  if (code === undefined || error instanceof GsdkError) return error;
  return usageError(`cannot write ${path} (${code})`, 'name a file in a folder that this user can write to');
}
