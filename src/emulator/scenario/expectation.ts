import { formatDuration } from '../../base/duration.ts';
import type { Emulator } from '../runtime/emulator.ts';
import { type Conditions, type Difference, differences } from './conditions.ts';

/** Something that is to be so within a time, looked at whenever anything happens. Once it was so, it is met for good. */
export class Expectation {
  readonly #emulator: Pick<Emulator, 'calls' | 'clock' | 'gateway' | 'journal'>;
  readonly #conditions: Conditions;
  readonly #withinMs: number;
  #state: 'open' | 'met' | 'unmet' = 'open';
  #found: readonly Difference[] = [];
  #isToLook = false;
  #isStopped = false;
  #unfollow = () => {};
  #cancel = () => {};

  /** Begins to look. @param withinMs in emulated milliseconds, from now on; 0 for at once or never */
  constructor(
    emulator: Pick<Emulator, 'calls' | 'clock' | 'gateway' | 'journal'>,
    conditions: Conditions,
    withinMs: number,
  ) {
    this.#emulator = emulator;
    this.#conditions = conditions;
    this.#withinMs = withinMs;
    this.#look();
    if (withinMs === 0) this.#end('unmet');
    if (this.#state !== 'open') return;
    this.#unfollow = emulator.journal.follow(() => this.#lookSoon());
    this.#cancel = emulator.clock.after(withinMs, () => {
      this.#look();
      this.#end('unmet');
    });
  }

  /** Why it has not been met, or is not yet; undefined if it was. */
  whyUnmet(): string | undefined {
    this.#look();
    if (this.#state === 'met') return undefined;
    const [first, ...others] = this.#found;
    const within = this.#withinMs === 0 ? '' : ` within ${formatDuration(this.#withinMs)}`;
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return `expected ${first?.wanted}${within}, but ${first?.found}${more}`;
  }

  /** Whether it is decided. */
  get isOver(): boolean {
    return this.#state !== 'open';
  }

  /** Looks no more; what is not decided stays so. */
  stop(): void {
    this.#isStopped = true;
    this.#unfollow();
    this.#cancel();
  }

  /** The journal tells in the middle of what happens, and often. */
  #lookSoon(): void {
    if (this.#isToLook) return;
    this.#isToLook = true;
    this.#emulator.clock.after(0, () => {
      this.#isToLook = false;
      this.#look();
    });
  }

  #look(): void {
    if (this.#isStopped) return;
    this.#found = differences(this.#conditions, this.#emulator);
    if (this.#found.length === 0) this.#end('met');
  }

  #end(state: 'met' | 'unmet'): void {
    if (this.#state !== 'open') return;
    this.#state = state;
    this.stop();
  }
}
