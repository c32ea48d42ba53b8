import { EventQueue } from './event-queue.ts';

/** A device's status changed at a time in Unix seconds of the emulated clock (gateway-behaviour F11). */
export interface StatusEvent {
  readonly deviceID: number;
  readonly status: number;
  readonly timestamp: number;
}

/** Hands each change of status to everybody who subscribed before it (gateway-behaviour F10, F12, F14). */
export class StatusFeed {
  readonly #subscribers = new Set<EventQueue<StatusEvent>>();

  /** How many are subscribed. */
  get size(): number {
    return this.#subscribers.size;
  }

  /** Subscribes until the signal is aborted; `queueSize` events may wait for a slow reader. */
  subscribe(queueSize: number, signal: AbortSignal): AsyncIterable<StatusEvent> {
    const queue = new EventQueue<StatusEvent>(queueSize);
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
    for (const queue of this.#subscribers) queue.push(event);
  }
}
