import { Connect } from '../../gen/connect_pb.ts';
import { Device } from '../../gen/device_pb.ts';
import { Network } from '../../gen/network_pb.ts';
import type { CallLog } from '../calls/call-log.ts';
import { codes } from '../faults/faults.ts';
import { count, oneOf, optional, type Reader, readKeys } from '../input/validators.ts';

/** Calls of clients that are to have come. */
export interface ExpectedCalls {
  readonly rpc: string;
  /** How they ended; those that are not answered have not. */
  readonly code: string | undefined;
  readonly count: number | undefined;
  readonly atLeast: number | undefined;
  readonly atMost: number | undefined;
}

const methods = [Connect, Device, Network].flatMap((service) => service.methods.map(({ name }) => name));

const number = optional(count(0));

const keys = {
  rpc: oneOf(...methods),
  code: optional(oneOf(...codes)),
  count: number,
  atLeast: number,
  atMost: number,
};

/** Reads which calls, and how many: `{"rpc": "Connect", "code": "OK", "atLeast": 2}`. @throws RangeError naming the key */
export const expectedCalls: Reader<ExpectedCalls> = (value, context) => {
  const calls = readKeys(value, { keys, what: 'calls' }, context);
  const { count: exactly, atLeast, atMost } = calls;
  if (exactly !== undefined || atLeast !== undefined || atMost !== undefined) return calls;
  throw new RangeError(`${context.place}: expected one of count, atLeast, atMost`);
};

/** Whether so many have come; what is wanted and what has come, in words, if not. */
export function callDifference(
  { rpc, code, count: exactly, atLeast = exactly ?? 0, atMost = exactly ?? Number.POSITIVE_INFINITY }: ExpectedCalls,
  { entries }: Pick<CallLog, 'entries'>,
) {
  const came = entries.filter((call) => call.method === rpc && (code === undefined || call.code === code)).length;
  if (came >= atLeast && came <= atMost) return undefined;
  const bound = exactly !== undefined ? `${exactly}` : came < atLeast ? `at least ${atLeast}` : `at most ${atMost}`;
  return {
    wanted: `${bound} calls of ${rpc}${code === undefined ? '' : ` with ${code}`}`,
    found: `there were ${came}`,
  };
}
