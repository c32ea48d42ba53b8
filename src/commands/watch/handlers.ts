import { GsdkError } from '../../errors/gsdk-error.ts';
import { type DeliveredEvent, OutputQueue, type QueuedEvent } from '../../gateway/subscription/event-queue.ts';
import type { Row } from '../../render/view.ts';

/** A command that is run for events. */
export interface HandlerOptions {
  file: string;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** The kinds of events for which it is run. */
  kinds: ReadonlySet<string>;
  /** How many may run at the same time; those of one device never do. */
  parallel: number;
  /** How long one may run, in milliseconds. */
  timeoutMs: number;
  toRow(event: DeliveredEvent<QueuedEvent>): Row;
  /** Hears of each that failed. */
  warn(message: string): void;
  /** Ends a process, or with a negative ID a group of them. @throws when there is none */
  kill(pid: number, signal: NodeJS.Signals): unknown;
  /** Hears that none can be run at all. */
  failed(error: GsdkError): void;
}

/** How many events may wait one by one, and how many of them are looked at for one that may start. */
const waitingAtMost = 16_384;
const windowLength = 256;

/** Runs a command for each event, without a shell, in the order of the events of each device. */
export class Handlers {
  readonly #options: HandlerOptions;
  readonly #queue = new OutputQueue(waitingAtMost);
  readonly #running = new Map<number, Promise<void>>();
  readonly #canceller = new AbortController();
  #window: DeliveredEvent<QueuedEvent>[] = [];
  #ended = 0;
  #failures = 0;
  #failure: GsdkError | undefined;
  #execa: Promise<typeof import('execa')> | undefined;

  constructor(options: HandlerOptions) {
    this.#options = options;
  }

  /** Runs the command for an event as soon as it is its turn, if it is for such events. */
  push(event: DeliveredEvent<QueuedEvent>): void {
    if (!this.#options.kinds.has(event.event) || this.#canceller.signal.aborted) return;
    this.#queue.push(event);
    this.#startWhatMay();
  }

  /** Waits until every event had its turn. @throws GsdkError (HANDLER) if any of them failed, or none could be run */
  async finish(): Promise<void> {
    while (this.#running.size > 0) await Promise.race(this.#running.values());
    if (this.#failure) throw this.#failure;
    if (this.#failures === 0) return;
    throw handlerError(125, `${this.#failures} of ${this.#ended} handlers failed`, 'each was told on standard error');
  }

  /** Ends those that run, and starts none any more. */
  async cancel(): Promise<void> {
    this.#canceller.abort();
    await Promise.all(this.#running.values());
  }

  #startWhatMay(): void {
    const { parallel } = this.#options;
    while (this.#running.size < parallel && !this.#canceller.signal.aborted) {
      this.#refill();
      const index = this.#window.findIndex((event) => !this.#running.has(keyOf(event)));
      const event = this.#window[index];
      if (!event) return;
      this.#window.splice(index, 1);
      const run = this.#run(event).finally(() => {
        this.#running.delete(keyOf(event));
        this.#startWhatMay();
      });
      this.#running.set(keyOf(event), run);
    }
  }

  #refill(): void {
    while (this.#window.length < windowLength && !this.#queue.isEmpty) {
      for (const event of this.#queue.take(windowLength - this.#window.length)) {
        if (event.event === 'merged') this.#options.warn(tooMany(event.changes));
        if (this.#options.kinds.has(event.event)) this.#window.push(event);
      }
    }
  }

  async #run(event: DeliveredEvent<QueuedEvent>): Promise<void> {
    this.#execa ??= import('execa');
    const { execa } = await this.#execa;
    const { file, args, env, timeoutMs, toRow } = this.#options;
    const row = toRow(event);
    const child = execa(file, args, {
      ...{ env: { ...env, ...variablesOf(row) }, extendEnv: false, input: `${JSON.stringify(row)}\n` },
      // Standard output is for the lines of the watch alone.
      ...{ stdout: 2, stderr: 'inherit', reject: false, cancelSignal: this.#canceller.signal },
      ...(Number.isFinite(timeoutMs) && { timeout: timeoutMs }),
      // A group of its own, so that what it started ends with it.
      ...{ forceKillAfterDelay: 1000, detached: true },
    });
    const result = await child;
    if (result.timedOut || result.isCanceled) this.#endGroup(child.pid);
    this.#ended++;
    if (!result.isCanceled) this.#judge(result, row);
  }

  #judge(result: Ended, row: Row): void {
    const { file, timeoutMs, warn, failed } = this.#options;
    const what = whatWentWrong(result, timeoutMs);
    if (what === undefined) return;
    this.#failures++;
    if (result.exitCode === undefined && result.signal === undefined && !result.timedOut) {
      this.#canceller.abort();
      this.#failure ??= cannotRun(file, what);
      failed(this.#failure);
    } else warn(`the handler for ${row.event} of ${row.deviceID ?? 'the gateway'} ${what}`);
  }

  /** Whatever a handler has left behind that was ended. */
  #endGroup(pid: number | undefined): void {
    try {
      if (pid !== undefined) this.#options.kill(-pid, 'SIGKILL');
    } catch {
      // Nothing is left.
    }
  }
}

/** Events that concern no device are kept in order among themselves. */
const keyOf = (event: QueuedEvent) => ('deviceID' in event ? event.deviceID : 0);

/** How a handler ended, as execa tells it. */
interface Ended {
  exitCode?: number | undefined;
  signal?: string | undefined;
  code?: string | undefined;
  originalMessage?: string | undefined;
  timedOut: boolean;
}

function whatWentWrong({ exitCode, signal, timedOut, code, originalMessage }: Ended, timeoutMs: number) {
  if (timedOut) return `was ended after ${timeoutMs} ms`;
  if (signal !== undefined) return `was killed by ${signal}`;
  if (exitCode === undefined) return code ?? originalMessage ?? 'unknown error';
  return exitCode === 0 ? undefined : `ended with ${exitCode}`;
}

const variablesOf = ({ event, time, deviceID, name, from, to, emptied }: Row) => ({
  GSDK_EVENT: String(event),
  GSDK_TIME: String(time),
  GSDK_DEVICE_ID: String(deviceID ?? ''),
  GSDK_DEVICE_NAME: String(name ?? ''),
  GSDK_STATUS_FROM: String(from ?? ''),
  GSDK_STATUS_TO: String(to ?? ''),
  GSDK_EMPTIED: String(emptied ?? ''),
});

const tooMany = (changes: number) =>
  `${changes} changes were too many to be handled one by one; the handler is run for what became of each device`;

/** A command cannot be run at all. @param code of the error that tells why */
export const cannotRun = (file: string, code: string): GsdkError =>
  handlerError(code === 'ENOENT' ? 127 : 126, `cannot run "${file}": ${code}`, 'it stands after --');

const handlerError = (exitCode: number, message: string, hint: string) =>
  new GsdkError({ class: 'HANDLER', exitCode, message, hint, stage: 'cli' });
