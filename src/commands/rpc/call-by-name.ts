import { escapeControlCharsInJson } from '../../base/escape-control-chars.ts';
import { readInput } from '../../cli/input/input.ts';
import type { Session } from '../../cli/session.ts';
import { toGsdkError, usageError } from '../../errors/gsdk-error.ts';
import { messageRow } from '../../gateway/grpc/message-row.ts';
import { admitRpc, isFilterChange } from '../../gateway/rpc/admit-rpc.ts';
import { toRequest } from '../../gateway/rpc/request-message.ts';
import { fieldNames, findRpc, type RpcRequest, rpcs } from '../../gateway/rpc/rpcs.ts';
import type { Result, Row, Shape } from '../../render/view.ts';

/** What `gsdk rpc` is told beside the RPC. */
export interface CallOptions {
  /** The request: JSON, or `@` and the path of a file, `-` for standard input. */
  data?: string | undefined;
  /** How many messages of a stream are wanted; all there are when absent. */
  count?: number | undefined;
  /** How many managed devices that dial in a new accept filter may shut out. */
  maxLockout?: number | undefined;
  dryRun?: true | undefined;
}

/**
 * Makes a call and prints its answer, or each of its answers as it comes.
 *
 * @throws GsdkError (USAGE) before anything is sent, when there is no such RPC or it does not take such a request
 */
export async function callByName(name: string, options: CallOptions, session: Session) {
  const { data = '{}', count, maxLockout, dryRun } = options;
  const rpc = findRpc(name);
  if (maxLockout !== undefined && !isFilterChange(rpc)) {
    throw usageError(`--max-lockout: ${rpc.name} does not change the filter`, 'leave it out');
  }
  if (count !== undefined && !rpc.isStream) throw usageError(`--count: ${rpc.name} is no stream`, 'leave it out');
  const { text, source } = data.startsWith('@')
    ? await readInput(data.slice(1), session)
    : { text: data, source: '-d' };
  const request = toRequest(rpc, parseJson(text, source), source);
  const write = { request, maxLockout, signal: session.signal };
  if (dryRun) {
    return session.ask({ ...planShape, isRead: !rpc.isWrite }, async (gateway) => {
      if (rpc.isWrite) await admitRpc(gateway, { ...write, dryRun }, async () => {});
      return asJson(plan(request, session));
    });
  }
  const shape = shapeOf(fieldNames(rpc.method.output), !rpc.isWrite);
  if (rpc.isStream) return follow(request, { shape, count, session });
  return session.ask(shape, async (gateway) => {
    let row: Row | undefined;
    const take = (answer: Readonly<Record<string, unknown>>) => {
      row = answer as Row;
      return false;
    };
    const call = () => gateway.call(request, take);
    const answered = rpc.isWrite ? admitRpc(gateway, { ...write, dryRun: false }, call) : call();
    const failure = await answered.then(() => undefined, toGsdkError);
    // A Multi call may have answered, and failed for some device: then both are told.
    if (row === undefined) throw failure;
    return { ...asJson(row), failure };
  });
}

function follow(
  request: RpcRequest,
  { shape, count = Number.POSITIVE_INFINITY, session }: { shape: Shape; count: number | undefined; session: Session },
) {
  let left = count;
  return session.stream(shape, (print) =>
    session.online((gateway) => gateway.call(request, async (answer) => (await print([answer as Row])) && --left > 0)),
  );
}

/** Prints every RPC, with what one needs to know to call it. */
export function listRpcs(session: Session): Promise<void> {
  const rows = rpcs.map(({ name, method, isStream, isWrite }) => ({
    ...{ rpc: name, write: isWrite, stream: isStream, request: fieldNames(method.input) },
    response: fieldNames(method.output),
  }));
  return session.show(listShape, () => ({ rows }));
}

const listShape: Shape = {
  isRead: true,
  fields: ['rpc', 'write', 'stream', 'request', 'response'],
  columns: [
    { field: 'rpc', header: 'RPC' },
    { field: 'write', header: 'WRITE' },
    { field: 'stream', header: 'STREAM' },
    { field: 'request', header: 'REQUEST' },
    { field: 'response', header: 'RESPONSE', isWide: true },
  ],
};

const shapeOf = (fields: readonly string[], isRead: boolean): Shape => ({
  ...{ isRead, isObject: true, fields },
  columns: fields.map((field) => ({ field, header: field })),
});

const planShape = shapeOf(['dryRun', 'rpc', 'write', 'request', 'profile', 'gateway'], true);

const plan = ({ rpc, message }: RpcRequest, { context }: Session): Row => ({
  ...{ dryRun: true, rpc: rpc.name, write: rpc.isWrite },
  request: messageRow(rpc.method.input, message) as Row,
  ...context,
});

/** Nobody knows what an answer holds before it is there, so a table would say less than the answer itself. */
const asJson = (row: Row): Result => ({
  rows: [row],
  text: ([shown]) => `${escapeControlCharsInJson(JSON.stringify(shown, null, 2))}\n`,
});

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${source}: not JSON: ${(error as Error).message}`, `such as: -d '{"deviceID": 846}'`);
  }
}
