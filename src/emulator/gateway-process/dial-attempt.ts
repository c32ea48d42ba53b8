import type { Device } from '../world/device.ts';
import type { World } from '../world/world.ts';
import { answerOf, dial, dialTimeMs, type Endpoint, refusedAt, timedOut } from './dial.ts';

/** A dial on its way. */
export interface DialAttempt {
  /** How long it takes, won or lost, in emulated milliseconds. */
  readonly takesMs: number;
  /** What has come of it once that time is over: a device, or why there is none. */
  end(): Device | string;
}

/** What goes wrong with a dial by a fault. */
export type DialTrouble =
  /** The port refuses; nobody answers until the dial times out; the device does not trust the gateway's root (F55). */
  | { readonly kind: 'refuse' | 'blackHole' | 'certificateMismatch' }
  /** The session takes so long to open, in emulated milliseconds. */
  | { readonly kind: 'slowHandshake'; readonly handshakeMs: number }
  /** Another device answers than the one that has the address (F19, F30). */
  | { readonly kind: 'wrongDevice'; readonly device: Device };

/** What an attempt needs to know. */
interface Circumstances {
  readonly world: World;
  /** How long the gateway tries. */
  readonly timeoutMs: number;
  readonly trouble: DialTrouble | undefined;
}

/** Begins to dial; what goes wrong is settled now, what the device is like only at the end. */
export function beginDial(endpoint: Endpoint, { world, timeoutMs, trouble }: Circumstances): DialAttempt {
  const end = () => dial(world, endpoint);
  const takesMs = dialTimeMs(world, endpoint, timeoutMs);
  switch (trouble?.kind) {
    case undefined:
      return { takesMs, end };
    case 'refuse':
      return { takesMs: 0, end: () => refusedAt(endpoint) };
    case 'blackHole':
      return { takesMs: timeoutMs, end: () => timedOut(endpoint) };
    case 'slowHandshake': {
      const isInTime = trouble.handshakeMs < timeoutMs;
      const slowMs = Math.min(Math.max(takesMs, trouble.handshakeMs), timeoutMs);
      return { takesMs: slowMs, end: isInTime ? end : () => timedOut(endpoint) };
    }
    case 'certificateMismatch':
      return { takesMs, end: () => distrusted(end()) };
    case 'wrongDevice': {
      const { device } = trouble;
      const answer = () => (device.answers ? answerOf(device, endpoint) : timedOut(endpoint));
      return { takesMs: device.answers ? device.handshakeMs : timeoutMs, end: answer };
    }
  }
}

/** The alert of a device that knows another root, as a Go dialer tells it (assumed). */
const distrusted = (outcome: Device | string) =>
  typeof outcome === 'string' ? outcome : 'remote error: tls: unknown certificate authority';
