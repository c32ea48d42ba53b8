import type { GsdkError } from '../../errors/gsdk-error.ts';
import type { ManagedDevice, StatusChange } from '../gateway.ts';

/** One connection to a gateway, from its dial to its end, as a subscription uses it. It is dialled once. */
export interface Link {
  /** Asks for the stream of changes. */
  subscribe(): void;
  /** Asks for the list of devices. */
  list(): void;
  /** Ends the connection, and says nothing any more. */
  close(): void;
}

/** What a link tells. */
export interface LinkListener {
  /** The connection is up. */
  dialed(): void;
  /** The gateway has confirmed the stream. Many do not before the first change. */
  subscribed(): void;
  changed(change: StatusChange): void;
  /** The answer to `list`. */
  listed(devices: readonly ManagedDevice[]): void;
  /** Something went wrong, or the stream ended: the link is of no use any more. Without an error it ended in order. */
  ended(error?: GsdkError): void;
}

/** Begins to dial. */
export type OpenLink = (listener: LinkListener) => Link;
