import type { Time } from '../../base/time.ts';
import { GsdkError } from '../../errors/gsdk-error.ts';
import { DeviceView, type KnownDevice } from './device-view.ts';
import { Epoch, type Opening } from './epoch.ts';
import type { SubscriptionEvent } from './event.ts';
import type { OpenLink } from './link.ts';

/** What a subscription stands on. */
export interface SubscriptionOptions {
  openLink: OpenLink;
  time: Time;
  /** How often the devices are listed, in milliseconds. */
  resyncMs: number;
  /** The shortest and the longest wait before the gateway is dialled again, in milliseconds. */
  backoff: { leastMs: number; mostMs: number };
  /** How long the gateway may be lost before that is a failure, in milliseconds; infinite for no limit. */
  maxGapMs: number;
}

/** What a subscription tells. */
export interface SubscriptionListener {
  /** In order, everything that happened. */
  told(event: SubscriptionEvent): void;
  /** It ended by itself; nothing more will be told. */
  failed(error: GsdkError): void;
}

/** Failures that stay whatever is tried again. */
const isFinal = ({ failure }: GsdkError) => failure.class === 'AUTH_TLS' || failure.class === 'UNSUPPORTED';

/**
 * Follows the devices of a gateway. What it tells, replayed, is the list of the gateway; where something may
 * have been missed it says so, and tells what differs. It outlives connections: the first one must succeed,
 * later ones are tried until {@link SubscriptionOptions.maxGapMs} has passed.
 */
export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #listener: SubscriptionListener;
  readonly #view: DeviceView;
  #epoch: Epoch | undefined;
  #lostSinceMs: number | undefined;
  #hasOpened = false;
  #isOver = false;
  /** Whether it came back managing nothing, and has listed nothing since. */
  #isEmptied = false;
  #attempt = 0;
  #cancelRetry = () => {};
  #cancelMaxGap = () => {};

  /** @param view what is known; empty unless a test brings its own */
  constructor(options: SubscriptionOptions, listener: SubscriptionListener, view = new DeviceView()) {
    this.#options = options;
    this.#listener = listener;
    this.#view = view;
  }

  /** What is known of each device. */
  get devices(): ReadonlyMap<number, KnownDevice> {
    return this.#view.devices;
  }

  /** Dials for the first time. */
  start(): void {
    this.#open();
  }

  /** Ends it; nothing more is told. */
  stop(): void {
    this.#isOver = true;
    this.#cancelRetry();
    this.#cancelMaxGap();
    this.#epoch?.close();
  }

  /** Lists the devices soon, instead of at the next turn. */
  look(): void {
    this.#epoch?.look();
  }

  #open(): void {
    this.#attempt++;
    this.#epoch = new Epoch(this.#options, {
      opened: (opening) => this.#opened(opening),
      changed: (change) => this.#tell(this.#view.change(change)),
      listed: ({ devices, contested }) => {
        if (devices.length > 0) this.#isEmptied = false;
        for (const event of this.#view.merge(devices, contested)) this.#tell(event);
      },
      ended: (error, lastHeardMs) => this.#ended(error, lastHeardMs),
    });
  }

  #opened({ devices, contested, held, dropped, askedMs }: Opening): void {
    const isFirst = !this.#hasOpened;
    const managedBefore = this.#view.managedCount;
    this.#hasOpened = true;
    this.#view.doubt(contested);
    const differences = this.#view.merge(devices, contested);
    if (isFirst) this.#attempt = 0;
    else this.#resumed(managedBefore, devices.length);
    for (const event of differences) {
      this.#tell(isFirst && event.event === 'added' ? { ...event, event: 'snapshot', synthetic: false } : event);
    }
    if (dropped > 0) this.#tell({ event: 'merged', changes: dropped, sinceMs: askedMs });
    for (const change of held) this.#tell(this.#view.change(change));
    this.#tell({ event: 'synced', managed: devices.length });
  }

  #resumed(managedBefore: number, managedAfter: number): void {
    const gapMs = this.#options.time.now() - (this.#lostSinceMs ?? 0);
    const attempt = this.#attempt;
    this.#lostSinceMs = undefined;
    this.#attempt = 0;
    this.#cancelMaxGap();
    // One that dies again before anybody has brought its devices back is as empty as the first time.
    const emptied = managedAfter === 0 && (managedBefore > 0 || this.#isEmptied);
    this.#isEmptied = emptied;
    this.#tell({ event: 'resumed', gapMs, attempt, managedBefore, managedAfter, emptied });
  }

  #ended(error: GsdkError | undefined, lastHeardMs: number | undefined): void {
    if (this.#isOver) return;
    if (!this.#hasOpened) this.#fail(error ? neverThere(error) : endedAtOnce());
    else if (error && isFinal(error)) this.#fail(error);
    else this.#retry(error?.message ?? 'the gateway ended the stream', lastHeardMs);
  }

  #retry(reason: string, lastHeardMs: number | undefined): void {
    if (this.#lostSinceMs === undefined) this.#lose(reason, lastHeardMs);
    if (this.#isOver) return;
    this.#cancelRetry = this.#options.time.after(this.#nextDelayMs(), () => this.#open());
  }

  #lose(reason: string, lastHeardMs: number | undefined): void {
    const { time, maxGapMs } = this.#options;
    this.#lostSinceMs = lastHeardMs ?? time.now();
    this.#tell({ event: 'lost', reason, sinceMs: this.#lostSinceMs });
    if (this.#isOver || !Number.isFinite(maxGapMs)) return;
    const leftMs = Math.max(0, this.#lostSinceMs + maxGapMs - time.now());
    this.#cancelMaxGap = time.after(leftMs, () => this.#fail(lostTooLong(maxGapMs, reason)));
  }

  #nextDelayMs(): number {
    const { backoff, time } = this.#options;
    const delayMs = Math.min(backoff.leastMs * 1.6 ** this.#attempt, backoff.mostMs);
    return delayMs * (1 - 0.2 * time.random());
  }

  #tell(event: SubscriptionEvent | undefined): void {
    if (event && !this.#isOver) this.#listener.told(event);
  }

  #fail(error: GsdkError): void {
    this.stop();
    this.#listener.failed(error);
  }
}

/** A gateway that has never answered is not there, however that was noticed. */
const neverThere = (error: GsdkError) =>
  error.failure.class === 'TIMEOUT' ? new GsdkError({ ...error.failure, class: 'UNREACHABLE' }, error) : error;

const endedAtOnce = () =>
  new GsdkError({
    class: 'UNREACHABLE',
    message: 'the gateway ended the stream of changes at once',
    hint: 'look at it: gsdk gateway ping',
    stage: 'gateway',
  });

const lostTooLong = (maxGapMs: number, reason: string) =>
  new GsdkError({
    class: 'UNREACHABLE',
    message: `the gateway has been lost for ${maxGapMs / 1000} s: ${reason}`,
    hint: 'allow longer gaps, or none of them to matter: --max-gap none',
    stage: 'transport',
  });
