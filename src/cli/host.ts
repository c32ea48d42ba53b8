import type { Readable, Writable } from 'node:stream';

/** A signal that asks the process to end. */
export type Interruption = 'SIGHUP' | 'SIGINT' | 'SIGTERM';

/**
 * The process as the program sees it. `process` itself is one; tests bring their own. Nothing else
 * of the program reads the environment, touches a stream or listens to a signal.
 */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stdout: Writable & { isTTY?: boolean; columns?: number };
  readonly stderr: Writable & { isTTY?: boolean };
  /** The interpreter, this program, and its arguments. */
  readonly argv: readonly string[];
  readonly pid: number;
  on(signal: Interruption, listener: (signal: Interruption) => void): unknown;
  /** Sends a signal to a process, or with a negative ID to a group of them. @throws when there is none */
  kill(pid: number, signal: NodeJS.Signals): unknown;
  off(signal: Interruption, listener: (signal: Interruption) => void): unknown;
}
