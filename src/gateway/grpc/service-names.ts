import type { DescMethod } from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { isAnswer } from '../../errors/status-class.ts';

/**
 * Under which names a gateway has its services: V1.5 put `gsdk.` before all packages (gateway-behaviour section 0).
 * Known of the gateway for as long as the run lasts, and over all its connections.
 */
export interface ServiceNames {
  /** Whether they are those from before V1.5. */
  areOld: boolean;
  /** Told when the gateway has turned out to have the other names. */
  onChange(areOld: boolean): void;
}

/**
 * A transport that calls a service by its other name where the gateway does not know it by the first one, and from then
 * on at once. That is no retry of something that may have happened: who does not know a service has done nothing.
 */
export function withEitherServiceName(transport: Transport, names: ServiceNames): Transport {
  const byName = async <T>(method: DescMethod, call: (areOld: boolean) => Promise<T>): Promise<T> => {
    const { areOld } = names;
    try {
      return await call(areOld);
    } catch (error) {
      if (!isUnknownService(error, method, areOld)) throw error;
      return byOtherName(method, !areOld, { error, call });
    }
  };
  const byOtherName = async <T>(method: DescMethod, areOld: boolean, { error, call }: Refused<T>): Promise<T> => {
    try {
      const answer = await call(areOld);
      changeTo(areOld, names);
      return answer;
    } catch (other) {
      // Under neither name: then the gateway lacks this service, and its names are what they were.
      if (isUnknownService(other, method, areOld)) throw error;
      if (other instanceof ConnectError && isAnswer(other)) changeTo(areOld, names);
      throw other;
    }
  };
  return {
    unary: (method, ...others) => byName(method, (areOld) => transport.unary(named(method, areOld), ...others)),
    async stream(method, signal, timeoutMs, header, input, ...others) {
      // The one request of a stream may have to be sent twice.
      const requests = await repeatable(input);
      return byName(method, (areOld) =>
        transport.stream(named(method, areOld), signal, timeoutMs, header, requests, ...others),
      );
    },
  };
}

/** A call by one name that was refused, and how to make it by another. */
interface Refused<T> {
  error: unknown;
  call(areOld: boolean): Promise<T>;
}

const nameOf = ({ parent }: DescMethod, areOld: boolean) =>
  areOld ? parent.typeName.replace(/^gsdk\./, '') : parent.typeName;

/** The same method of a service that bears another name. */
const named = <M extends DescMethod>(method: M, areOld: boolean): M =>
  areOld ? { ...method, parent: { ...method.parent, typeName: nameOf(method, areOld) } } : method;

/** Whether the gateway itself has answered that it does not know the service by that name. */
const isUnknownService = (error: unknown, method: DescMethod, areOld: boolean) =>
  error instanceof ConnectError &&
  error.code === Code.Unimplemented &&
  isAnswer(error) &&
  error.rawMessage.trim() === `unknown service ${nameOf(method, areOld)}`;

function changeTo(areOld: boolean, names: ServiceNames): void {
  if (names.areOld === areOld) return;
  names.areOld = areOld;
  names.onChange(areOld);
}

/** The same items, for as many who read them as there are. */
async function repeatable<T>(items: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return {
    async *[Symbol.asyncIterator]() {
      yield* all;
    },
  };
}
