import type { Writable } from 'node:stream';
import { GsdkError } from '../../errors/gsdk-error.ts';
import type { Host, Interruption } from '../host.ts';

/** How a run ended. A process that was interrupted dies of the signal, so that the shell around it knows. */
export interface Ending {
  exitCode: number;
  signal?: Interruption | undefined;
}

/** How many bytes are gathered before they are written. */
const chunkLength = 65_536;

/** The writer of one stream: it survives a full, slow, closed or non-blocking pipe. */
export class StreamWriter {
  /** Whether the reader has gone away, as `head` does. From then on everything is dropped in silence. */
  isReaderGone = false;
  readonly #stream: () => Writable;
  #isWatched = false;

  /** @param stream opens the stream at the first write: Node takes milliseconds for it */
  constructor(stream: () => Writable) {
    this.#stream = stream;
  }

  /**
   * Writes all pieces, and resolves when the operating system has them.
   *
   * @throws GsdkError (INTERNAL) when they cannot be written, as on a full disk
   */
  async write(pieces: Iterable<string>): Promise<void> {
    let chunk = '';
    for (const piece of pieces) {
      chunk += piece;
      if (chunk.length < chunkLength) continue;
      await this.#writeChunk(chunk);
      chunk = '';
    }
    if (chunk !== '') await this.#writeChunk(chunk);
  }

  async #writeChunk(chunk: string): Promise<void> {
    if (this.isReaderGone) return;
    const stream = this.#stream();
    // A failed write is told to its callback; without a listener the stream would throw it as well.
    if (!this.#isWatched) stream.on('error', () => {});
    this.#isWatched = true;
    const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) =>
      stream.write(chunk, resolve),
    );
    if (error?.code === 'EPIPE' || error?.code === 'ERR_STREAM_DESTROYED') this.isReaderGone = true;
    else if (error) throw cannotWrite(error);
  }
}

/** The signals that interrupt a run, and the exit codes that tell of them. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const satisfies Record<
  Interruption,
  number
>;
export const interruptions = Object.keys(signalExitCodes) as Interruption[];

/** The interruption of a run by a signal. */
export interface Interruptible {
  /** Aborted by the first signal, with the error to report. */
  signal: AbortSignal;
  /** The signal that came, if one did. */
  received(): Interruption | undefined;
  /** From now on signals do what they do by default, or whatever else listens for them. */
  release(): void;
}

/** Listens for the signals that interrupt. The first one asks the run to tidy up; a second one kills at once. */
export function listenForSignals(host: Host): Interruptible {
  const controller = new AbortController();
  let received: Interruption | undefined;
  const release = () => {
    for (const signal of interruptions) host.off(signal, onSignal);
  };
  const onSignal = (signal: Interruption) => {
    if (received !== undefined) return;
    received = signal;
    // Not before all listeners had their turn: the one of the file locks kills the process if it is the only one left.
    queueMicrotask(release);
    controller.abort(interrupted(signal));
  };
  for (const signal of interruptions) host.on(signal, onSignal);
  return { signal: controller.signal, received: () => received, release };
}

function interrupted(signal: Interruption): GsdkError {
  return new GsdkError({
    class: 'SIGNAL',
    exitCode: signalExitCodes[signal],
    message: `interrupted by ${signal}`,
    hint: 'nothing was changed',
    stage: 'cli',
  });
}

/** What to throw where the result of a write could not be written: what was asked may have been done. */
export const toUnreportedWriteError = (error: unknown): unknown =>
  error instanceof GsdkError
    ? new GsdkError({
        ...error.failure,
        hint: 'is the disk full? what was asked may have been done; look: gsdk device ls',
        outcome: 'unknown',
      })
    : error;

const cannotWrite = (error: NodeJS.ErrnoException) =>
  new GsdkError(
    {
      class: 'INTERNAL',
      message: `cannot write the output (${error.code ?? error.message})`,
      hint: 'is the disk full?',
      stage: 'cli',
    },
    error,
  );
