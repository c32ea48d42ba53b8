import type { DescMessage, DescMethodServerStreaming, Message } from '@bufbuild/protobuf';
import type { Transport, UnaryResponse } from '@connectrpc/connect';
import { combineFailures } from '../../errors/combine-failures.ts';
import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { ErrorResponse } from '../../gen/err_pb.ts';
import type { Gateway, OnAnswer } from '../gateway.ts';
import type { CallGateway, CallLimits } from '../grpc/call.ts';
import { messageRow } from '../grpc/message-row.ts';
import { readErrorDetails, toFailure } from '../grpc/multi-call.ts';
import { collectDeviceIDs, toSubject } from './request-targets.ts';
import type { RpcRequest } from './rpcs.ts';

/** What a call stands on: how it is made, and what is asked when it fails. */
interface Ground {
  transport: Transport;
  ask: CallGateway;
  gateway: Pick<Gateway, 'devices' | 'target'>;
}

/**
 * Makes any call, unary or streaming. That a stream ends before enough has come is a failure, even if the
 * gateway ends it well: what it was to tell of goes on.
 */
export async function callRpc({ transport, ask, gateway }: Ground, request: RpcRequest, onAnswer: OnAnswer) {
  const { rpc, message } = request;
  const { method, isWrite } = rpc;
  const ids = collectDeviceIDs(message);
  const call = (limits: CallLimits) =>
    method.methodKind === 'unary'
      ? takeOne(transport.unary(method, limits.signal, limits.timeoutMs, undefined, message), ids, onAnswer)
      : takeAll(transport.stream(method, limits.signal, 0, undefined, only(message)), method, onAnswer);
  const limit = method.methodKind === 'unary' ? {} : { isStream: true, timeoutMs: Number.POSITIVE_INFINITY };
  const kind = { isWrite, device: toSubject(message), ...limit };
  const isEnough = await ask(method.name, call, kind).catch((error) => unlessUnmanaged(error, request, gateway));
  if (!isEnough) throw endedEarly(rpc.name, gateway.target);
}

/** @param ids whom a Multi call is for: it tells of those that failed in its answer, or by failing itself */
async function takeOne(answer: Promise<UnaryResponse>, ids: readonly number[], onAnswer: OnAnswer): Promise<boolean> {
  const { method, message } = await answer.catch((error) => {
    throw multiFailure(ids, readErrorDetails(error)) ?? error;
  });
  await onAnswer(messageRow<DescMessage>(method.output, message));
  const failure = multiFailure(ids, (message as Message & { deviceErrors?: ErrorResponse[] }).deviceErrors);
  if (failure) throw failure;
  return true;
}

/** By the fleet rule, as everywhere. */
function multiFailure(ids: readonly number[], errors: readonly ErrorResponse[] = []): GsdkError | undefined {
  const failures = new Map(errors.map((error) => [error.deviceID, toFailure(error)]));
  return combineFailures([...new Set(ids)].map((id) => failures.get(id)));
}

async function takeAll(
  answers: Promise<{ message: AsyncIterable<Message> }>,
  { output }: DescMethodServerStreaming,
  onAnswer: OnAnswer,
): Promise<boolean> {
  for await (const answer of (await answers).message) {
    if (!(await onAnswer(messageRow<DescMessage>(output, answer)))) return true;
  }
  return false;
}

async function* only<T>(value: T) {
  yield value;
}

/** A gateway says NOT_FOUND of devices that are offline and of those that it has never heard of: its list tells which. */
async function unlessUnmanaged(error: unknown, { message }: RpcRequest, gateway: Ground['gateway']): Promise<never> {
  const { failure } = toGsdkError(error);
  const ids = collectDeviceIDs(message);
  if (failure.class !== 'DEVICE' || failure.code !== 'NOT_FOUND' || ids.length === 0) throw error;
  const managed = await gateway.devices().catch(() => undefined);
  if (!managed || managed.some(({ deviceID }) => ids.includes(deviceID))) throw error;
  throw new GsdkError({ ...failure, class: 'NOT_FOUND', hint: 'list what is managed: gsdk device ls' }, error);
}

const endedEarly = (name: string, target: string) =>
  new GsdkError({
    class: 'UNREACHABLE',
    message: `${target} ended ${name}`,
    hint: 'look again: gsdk gateway ping',
    stage: 'gateway',
    target,
  });
