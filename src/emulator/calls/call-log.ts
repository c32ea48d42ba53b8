import type { Clock } from '../clock/clock.ts';
import type { Code } from '../faults/faults.ts';

/** A value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A call that somebody made, whether or not it was answered. */
export interface CallRecord {
  /** Its place in the order in which calls came, from 1. */
  readonly seq: number;
  /** When it came, in milliseconds since the Unix epoch of the emulated clock. */
  readonly time: number;
  /** The full name of the service: `gsdk.connect.Connect`. */
  readonly service: string;
  readonly method: string;
  /** The request as JSON; of long lists the beginning. */
  readonly request: Json;
  /** How it ended; undefined as long as it has not. */
  readonly code: Code | undefined;
}

/** The calls of clients as they came, up to a bound: then the oldest go. */
export class CallLog {
  readonly #clock: Clock;
  readonly #bound: number;
  #calls: CallRecord[] = [];
  #seq = 0;

  /** @param bound how many calls are kept at least; up to twice as many are held in memory */
  constructor(clock: Clock, bound: number) {
    this.#clock = clock;
    this.#bound = bound;
  }

  /** The calls that are kept, in the order in which they came: a view that grows. */
  get entries(): readonly CallRecord[] {
    return this.#calls;
  }

  /** Notes that a call has come; what is returned is told how it ended. */
  begin(call: Pick<CallRecord, 'service' | 'method' | 'request'>): (code: Code) => void {
    if (this.#calls.length >= 2 * this.#bound) this.#calls = this.#calls.slice(-this.#bound);
    this.#seq += 1;
    const record: { -readonly [K in keyof CallRecord]: CallRecord[K] } = {
      ...{ seq: this.#seq, time: Math.floor(this.#clock.now()), ...call },
      code: undefined,
    };
    this.#calls.push(record);
    return (code) => {
      record.code = code;
    };
  }

  /** Forgets all of them, and begins to count anew. */
  clear(): void {
    this.#calls = [];
    this.#seq = 0;
  }
}
