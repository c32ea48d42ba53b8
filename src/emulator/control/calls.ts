import type { JsonObject, MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { status } from '@grpc/grpc-js';
import { Connect } from '../../gen/connect_pb.ts';
import { Device } from '../../gen/device_pb.ts';
import type { CallFilterSchema } from '../../gen/emulator/control_pb.ts';
import { Network } from '../../gen/network_pb.ts';
import type { CallLog, CallRecord } from '../calls/call-log.ts';
import { toControlError } from './refused.ts';
import type { ControlTargets } from './targets.ts';

/** Lists the calls that clients have made. */
export const listCalls =
  ({ emulator }: ControlTargets) =>
  async ({ filter }: { filter?: Filter | undefined }) => ({ calls: found(emulator.calls, filter).map(callMessage) });

type Filter = MessageInitShape<typeof CallFilterSchema>;

/** What the calls are to be. */
export interface Expectation {
  readonly filter?: Filter | undefined;
  readonly count?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
  readonly order?: readonly string[] | undefined;
}

/** Tells whether the calls that clients have made are those that were to come. */
export const verifyCalls =
  ({ emulator }: ControlTargets) =>
  async (expectation: Expectation) => {
    const calls = found(emulator.calls, expectation.filter);
    for (const method of expectation.order ?? []) refuseUnknown(method, emulator.calls);
    const message = [...countFaults(calls.length, expectation), ...orderFaults(calls, expectation)].join('; ');
    return { ok: message === '', found: calls.length, message };
  };

function found({ entries }: CallLog, { method = '', code = '', sinceSeq = 0 }: Filter = {}): CallRecord[] {
  if (method !== '') refuseUnknown(method, { entries });
  toControlError(() => {
    if (code !== '' && !Object.hasOwn(status, code)) throw new RangeError(`code: no such status "${code}"`);
  });
  return entries.filter(
    (call) => call.seq > sinceSeq && (method === '' || call.method === method) && (code === '' || call.code === code),
  );
}

const known = new Set([Connect, Device, Network].flatMap(({ methods }) => methods.map(({ name }) => name)));

/** A slip in a name would otherwise be a call that never came. */
function refuseUnknown(method: string, { entries }: Pick<CallLog, 'entries'>): void {
  if (known.has(method) || entries.some((call) => call.method === method)) return;
  toControlError(() => {
    throw new RangeError(`method: no such method "${method}", and nobody has called one; such as AddAsyncConnection`);
  });
}

function* countFaults(calls: number, { count, atLeast, atMost }: Expectation): Generator<string> {
  if (count !== undefined && calls !== count) yield `expected ${inWords(count)}, found ${calls}`;
  if (atLeast !== undefined && calls < atLeast) yield `expected at least ${inWords(atLeast)}, found ${calls}`;
  if (atMost !== undefined && calls > atMost) yield `expected at most ${inWords(atMost)}, found ${calls}`;
}

const inWords = (count: number) => `${count} ${count === 1 ? 'call' : 'calls'}`;

function* orderFaults(calls: readonly CallRecord[], { order = [] }: Expectation): Generator<string> {
  let next = 0;
  for (const { method } of calls) if (method === order[next]) next += 1;
  if (next >= order.length) return;
  yield `expected ${order.join(', ')}; ${order[next]} did not come${next > 0 ? ` after ${order[next - 1]}` : ''}`;
}

const callMessage = ({ time, code, request, ...call }: CallRecord) => ({
  ...call,
  time: timestampFromMs(time),
  request: request as JsonObject,
  code: code ?? '',
});
