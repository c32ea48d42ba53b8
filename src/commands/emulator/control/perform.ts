import type { JsonObject } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../../../cli/session.ts';
import type { PerformResponse } from '../../../gen/emulator/control_pb.ts';
import { askControl } from './ask-control.ts';

/** What was done, and when. */
export interface Performed extends PerformResponse {
  /** The emulated time, RFC 3339. */
  at: string;
}

/**
 * Has an embedded gateway do what a step of a scenario does, now.
 *
 * @param step with the keys of docs/emulator.md; those that are undefined count as left out
 */
export function perform(
  command: Command,
  session: Session,
  step: { do: string } & { [key: string]: JsonObject[string] | undefined },
): Promise<Performed> {
  const given = Object.entries(step).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return askControl({ command, session, isRead: false }, async (client, limits) => {
    const response = await client.perform({ step: Object.fromEntries(given) }, limits);
    return { ...response, at: rfc3339(response.time) };
  });
}

/** An emulated time as it is printed. */
export const rfc3339 = (time: PerformResponse['time']) => (time ? new Date(timestampMs(time)).toISOString() : '');
