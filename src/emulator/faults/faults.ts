/** How a connection ends from outside: `fin` as a process that ends leaves it, `rst` as one whose host has lost it. */
export type ConnectionEnd = 'fin' | 'rst';

/** Why a single stream may be reset: error codes of HTTP/2. */
export const resetCodes = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'ENHANCE_YOUR_CALM',
] as const;

/** One of them. */
export type ResetCode = (typeof resetCodes)[number];

/** The statuses of gRPC, by name. */
export const codes = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

/** One of them. */
export type Code = (typeof codes)[number];

/** How a stream is ended: with a status of gRPC, `OK` included, or by a reset of HTTP/2 without any. */
export type StreamEnd = { readonly code: Code; readonly text?: string | undefined } | { readonly rst: ResetCode };

/** How a gateway asks its clients to leave. */
export interface GoAwayOptions {
  /** How long what is open on these connections may go on, in emulated milliseconds. Default: as long as it likes. */
  readonly graceMs?: number | undefined;
  /** Whether the status streams that are open on them fall silent for ever. Default false. */
  readonly freezeStreams?: boolean | undefined;
}

/** What becomes of a gateway process that dies. */
export interface CrashOptions {
  /** How its connections end. Default `fin`. */
  readonly how?: ConnectionEnd | undefined;
  /** How long its port refuses, in emulated milliseconds. Default: until `restartGateway`. */
  readonly downMs?: number | undefined;
  /** Whether the next process knows what this one knew. Default: as the assumption `restartForgets` says. */
  readonly remembers?: boolean | undefined;
}

/** What is wrong with the next certificate of a gateway; nothing without any of it. */
export interface RotationOptions {
  /** Signed by a root that no client trusts. */
  readonly newRoot?: boolean | undefined;
  /** It was valid until yesterday. */
  readonly expired?: boolean | undefined;
  /** The DNS names and IP addresses that it is for. Default localhost, 127.0.0.1 and ::1. */
  readonly names?: readonly string[] | undefined;
}

/** Many changes of status in a short time. */
export interface BurstOptions {
  /** How many changes. */
  readonly changes: number;
  /** Whose. Default: all asynchronous connections. */
  readonly deviceIDs?: readonly number[] | undefined;
  /** How fast, in emulated time. Default: all at once. */
  readonly perSecond?: number | undefined;
}

/**
 * What can be done to a running gateway, at any time and under load. What is frozen, and what has been done to
 * connections, is over with the gateway process; the flaws of streams (`registerLate` to `duplicateChanges`) stay
 * until they are taken back. Each is written in the journal.
 */
export interface Faults {
  /**
   * Lets the gateway take connections and requests and never answer: open streams stay open and silent, no request is
   * carried out. The side towards the devices goes on. With `streams`, only status streams are so, and calls are answered.
   */
  freeze(what?: 'everything' | 'streams'): void;
  /** Ends a freeze: what has waited is carried out and answered, and streams tell what their queue has held. */
  thaw(): void;
  /** Ends all status streams and nothing else; a status is an answer, so it waits for the end of a freeze. */
  dropStreams(how?: StreamEnd): void;
  /** Ends all connections of clients; new ones are taken at once, by the same gateway process. */
  dropConnections(how?: ConnectionEnd): void;
  /** Tells all clients by GOAWAY to open no more streams on the connections that they have; new ones are taken. */
  goAway(options?: GoAwayOptions): void;
  /** Ends the gateway process and leaves its port refusing, for a time or until `restartGateway`. */
  crash(options?: CrashOptions): void;
  /** Gives the gateway another certificate, which it shows on new connections; those that are open stay. */
  rotateCertificate(options?: RotationOptions): void;
  /** Makes many changes of status, by links that blip: each device in turn goes down, and the next time up again. */
  burst(options: BurstOptions): void;
  /** Registers each new subscriber so long after its call has come, in emulated milliseconds; 0 takes it back. */
  registerLate(lateMs: number): void;
  /** Lets no more than `size` changes wait for any subscriber, whatever it asked for; `Infinity` takes it back. */
  limitQueues(size: number): void;
  /** Tells no subscriber of the next `count` changes, as a queue does that is full. */
  loseChanges(count: number): void;
  /** Tells each subscriber twice of the next `count` changes. */
  duplicateChanges(count: number): void;
  /** Takes back whatever goes on: freezes, the flaws of streams, and all rules. */
  clear(): void;
}
