import { formatHostPort } from '../../base/address.ts';
import { formatDuration } from '../../base/duration.ts';
import type { CallContext } from '../../errors/classify.ts';
import { GsdkError } from '../../errors/gsdk-error.ts';
import type { Endpoint } from './endpoint.ts';

/** Aborted when the user interrupts, or when the whole dial has taken too long. */
export function createConnectDeadline(endpoint: Endpoint, signal: AbortSignal) {
  const { connectTimeoutMs } = endpoint;
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  const onTimeout = () => controller.abort(silentPeer(endpoint));
  const timer = Number.isFinite(connectTimeoutMs) ? setTimeout(onTimeout, connectTimeoutMs) : undefined;
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  const release = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  return { signal: controller.signal, release };
}

function silentPeer(endpoint: Endpoint): GsdkError {
  const target = formatHostPort(endpoint);
  return new GsdkError({
    class: 'TIMEOUT',
    message: `${target} did not complete the connection within ${formatDuration(endpoint.connectTimeoutMs)}`,
    hint: 'check the address; a slow network may need --connect-timeout 20s',
    stage: 'transport',
    target,
  });
}

/** What is to be known of a dial that failed. */
export const toConnectContext = (endpoint: Endpoint, signal: AbortSignal): CallContext => ({
  target: formatHostPort(endpoint),
  host: endpoint.host,
  caFile: endpoint.caFile,
  serverName: endpoint.serverName,
  rpc: 'the dial',
  isDial: true,
  timeoutMs: endpoint.connectTimeoutMs,
  isWrite: false,
  signal,
});
