import { StreamFlaws } from '../faults/stream-flaws.ts';
import type { EventLog } from '../runtime/event-log.ts';
import { SubscriberQueue } from './event-queue.ts';

/** A device's status changed at a time in Unix seconds of the emulated clock (gateway-behaviour F11). */
export interface StatusEvent {
  readonly deviceID: number;
  readonly status: number;
  readonly timestamp: number;
}

/** Hands each change of status to everybody who subscribed before it (gateway-behaviour F10, F12, F14). */
export class StatusFeed {
  readonly #subscribers = new Set<SubscriberQueue<StatusEvent>>();
  readonly #journal: Pick<EventLog, 'add'> | undefined;
  readonly #flaws: StreamFlaws;

  /** @param options where each change is written down, told or not, and what goes wrong with the telling */
  constructor(options: { journal?: Pick<EventLog, 'add'> | undefined; flaws?: StreamFlaws | undefined } = {}) {
    this.#journal = options.journal;
    this.#flaws = options.flaws ?? new StreamFlaws();
  }

  /** How many are subscribed. */
  get size(): number {
    return this.#subscribers.size;
  }

  /** Subscribes until the signal is aborted; `queueSize` events may wait for a slow reader. */
  subscribe(queueSize: number, signal: AbortSignal): AsyncIterable<StatusEvent> {
    const queue = new SubscriberQueue<StatusEvent>(queueSize);
    const unsubscribe = () => {
      this.#subscribers.delete(queue);
      queue.close();
    };
    this.#subscribers.add(queue);
    if (signal.aborted) unsubscribe();
    else signal.addEventListener('abort', unsubscribe, { once: true });
    return queue;
  }

  /** Tells all subscribers, in the order of the calls (F15), waiting for none of them. */
  publish(event: StatusEvent): void {
    const { deviceID, status } = event;
    this.#journal?.add({ kind: 'status', deviceID, status });
    for (let times = this.#flaws.timesTold(); times > 0; times--) {
      for (const queue of this.#subscribers) queue.push(event, this.#flaws.queueBound);
    }
  }

  /** Ends all subscriptions, with an error if one is given; what still waits is lost. */
  drop(error?: Error): void {
    this.#take((queue) => queue.close(error));
  }

  /** Leaves all subscriptions open, and tells them nothing any more. */
  mute(): void {
    this.#take((queue) => queue.mute());
  }

  #take(act: (queue: SubscriberQueue<StatusEvent>) => void): void {
    for (const queue of this.#subscribers) act(queue);
    this.#subscribers.clear();
  }
}
