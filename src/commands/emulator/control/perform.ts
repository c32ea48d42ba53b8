import type { JsonObject } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../../../cli/session.ts';
import type { PerformResponse } from '../../../gen/emulator/control_pb.ts';
import type { Json } from '../../../render/view.ts';
import { askControl } from './ask-control.ts';

/** A step of a scenario without its times; keys that are undefined count as left out. */
export type Step = { readonly do: string } & { readonly [key: string]: Json | undefined };

/** What was done, and when. */
export interface Performed extends PerformResponse {
  /** The emulated time, RFC 3339. */
  at: string;
}

/**
 * Has an embedded gateway do what a step of a scenario does, now.
 *
 * @param step with the keys of docs/emulator.md
 */
export function perform(command: Command, session: Session, step: Step): Promise<Performed> {
  const given = Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) as JsonObject;
  return askControl({ command, session, isRead: false }, async (client, limits) => {
    const response = await client.perform({ step: given }, limits);
    return { ...response, at: rfc3339(response.time) };
  });
}

/** An emulated time as it is printed. */
export const rfc3339 = (time: PerformResponse['time']) => (time ? new Date(timestampMs(time)).toISOString() : '');
