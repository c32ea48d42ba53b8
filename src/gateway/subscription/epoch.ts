import type { Time } from '../../base/time.ts';
import { GsdkError } from '../../errors/gsdk-error.ts';
import type { ManagedDevice, StatusChange } from '../gateway.ts';
import type { Link, LinkListener, OpenLink } from './link.ts';

/** How long a gateway may take to confirm a stream before it is taken to have done so: Go servers confirm nothing. */
const barrierMs = 250;

/** How long a list may take: a gateway that does not answer in that time is not there. */
const listLimitMs = 10_000;

/** How long the change that explains a difference may still be on its way, on a stream beside the list. */
const settleMs = 1000;

/** How many changes are held back while the first list is on its way; beyond, the last of each device. */
const heldAtMost = 16_384;

/** A list, and what was told while it was on its way. */
export interface Listing {
  devices: readonly ManagedDevice[];
  /** The devices with a change since the list was asked for. */
  contested: ReadonlySet<number>;
}

/** The first list of an epoch, and the changes that were told while it was on its way. */
export interface Opening extends Listing {
  /** The changes, in order. */
  held: readonly StatusChange[];
  /** How many changes were too many to hold; the last of each device is held in any case. */
  dropped: number;
  /** When the list was asked for, in Unix milliseconds. */
  askedMs: number;
}

/** What an epoch tells. */
export interface EpochListener {
  /** The first list is here. */
  opened(opening: Opening): void;
  changed(change: StatusChange): void;
  /** A later list is here; the changes since it was asked for have been told. */
  listed(listing: Listing): void;
  /** The connection is of no use any more. @param lastHeardMs when the gateway gave its last sign of life, if ever */
  ended(error: GsdkError | undefined, lastHeardMs: number | undefined): void;
}

/** What an epoch stands on. */
export interface EpochOptions {
  openLink: OpenLink;
  time: Time;
  /** How often the devices are listed, in milliseconds: a sign of life, and a look for changes that were dropped. */
  resyncMs: number;
}

/**
 * One connection of a subscription. It asks for the stream first and lists the devices once it is surely
 * subscribed, or changes in between would be lost; then it lists them again and again.
 */
export class Epoch implements LinkListener {
  readonly #options: EpochOptions;
  readonly #listener: EpochListener;
  readonly #link: Link;
  #phase: 'opening' | 'listing' | 'live' | 'over' = 'opening';
  #held: StatusChange[] = [];
  #dropped = 0;
  #contested: Set<number> | undefined;
  #lastHeardMs: number | undefined;
  #askedMs = 0;
  #cancelTimer = () => {};

  constructor(options: EpochOptions, listener: EpochListener) {
    this.#options = options;
    this.#listener = listener;
    this.#link = options.openLink(this);
  }

  dialed(): void {
    if (this.#phase !== 'opening') return;
    this.#link.subscribe();
    this.#setTimer(barrierMs, () => this.subscribed());
  }

  subscribed(): void {
    if (this.#phase !== 'opening') return;
    this.#phase = 'listing';
    this.#list();
  }

  changed(change: StatusChange): void {
    if (this.#phase === 'over') return;
    this.#lastHeardMs = this.#options.time.now();
    this.#contested?.add(change.deviceID);
    if (this.#phase === 'live') this.#listener.changed(change);
    // What came before the list was asked for is in the list.
    else if (this.#phase === 'listing') this.#hold(change);
  }

  listed(devices: readonly ManagedDevice[]): void {
    const { time } = this.#options;
    const contested = this.#contested;
    if (this.#phase === 'over' || contested === undefined) return;
    this.#lastHeardMs = time.now();
    if (this.#phase === 'live') {
      this.#setTimer(settleMs, () => this.#settled({ devices, contested }));
      return;
    }
    this.#phase = 'live';
    const held = this.#held;
    this.#held = [];
    this.#listener.opened({ devices, contested, held, dropped: this.#dropped, askedMs: this.#askedMs });
    this.#planList();
  }

  ended(error?: GsdkError): void {
    if (this.#phase === 'over') return;
    this.close();
    this.#listener.ended(error, this.#lastHeardMs);
  }

  /** Ends the connection without a word. */
  close(): void {
    this.#phase = 'over';
    this.#cancelTimer();
    this.#link.close();
  }

  /** Lists the devices now, unless that is under way. */
  look(): void {
    if (this.#phase === 'live' && !this.#contested) this.#list();
  }

  #list(): void {
    this.#contested = new Set();
    this.#askedMs = this.#options.time.now();
    this.#setTimer(listLimitMs, () => this.ended(silent()));
    this.#link.list();
  }

  #settled(listing: Listing): void {
    this.#listener.listed(listing);
    this.#planList();
  }

  #planList(): void {
    if (this.#phase !== 'live') return;
    this.#contested = undefined;
    const { resyncMs, time } = this.#options;
    // Counted from the last answer: a gateway that falls silent right after it is found out no later than promised.
    this.#setTimer(Math.max(0, resyncMs * (1 - 0.2 * time.random()) - settleMs), () => this.#list());
  }

  #hold(change: StatusChange): void {
    this.#held.push(change);
    if (this.#held.length <= heldAtMost) return;
    const last = new Map(this.#held.map((held) => [held.deviceID, held]));
    this.#dropped += this.#held.length - last.size;
    this.#held = [...last.values()];
  }

  #setTimer(delayMs: number, run: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.time.after(delayMs, run);
  }
}

const silent = () =>
  new GsdkError({
    class: 'UNREACHABLE',
    message: `the gateway did not answer GetDeviceList within ${listLimitMs / 1000} s`,
    hint: 'look at it: gsdk gateway ping',
    stage: 'transport',
  });
