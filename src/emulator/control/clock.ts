import type { Duration } from '@bufbuild/protobuf/wkt';
import { durationMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError } from '@connectrpc/connect';
import type { Clock } from '../clock/clock.ts';
import type { ManualClock } from '../clock/manual.ts';
import type { ScaledClock } from '../clock/real.ts';
import { toControlError } from './refused.ts';
import type { ControlTargets } from './targets.ts';

/** Tells the emulated time. */
export const getClock =
  ({ clock }: ControlTargets) =>
  async () => ({ clock: clockMessage(clock) });

/** Moves a manual clock on, and answers when all that fell due has happened. @throws ConnectError for any other clock */
export const advanceClock =
  ({ clock, emulator, host }: ControlTargets) =>
  async ({ by }: { by?: Duration | undefined }) => {
    if (!isManual(clock)) throw cannot('this clock moves by itself; one that stands still is had by --clock manual');
    if (!by) throw new ConnectError('by: missing; expected a duration such as "5s"', Code.InvalidArgument);
    const sinceSeq = emulator.journal.seq;
    toControlError(() => clock.advance(durationMs(by)));
    await host.settled();
    return { clock: clockMessage(clock), sinceSeq };
  };

/** Changes how fast a clock runs. @throws ConnectError for one that does not run by itself */
export const scaleClock =
  ({ clock }: ControlTargets) =>
  async ({ factor }: { factor: number }) => {
    if (!isScaled(clock)) throw cannot('this clock does not run by itself; it is moved by AdvanceClock');
    toControlError(() => clock.scale(factor));
    return { clock: clockMessage(clock) };
  };

const cannot = (message: string) => new ConnectError(message, Code.FailedPrecondition);

const isManual = (clock: Clock): clock is ManualClock => 'advance' in clock;

const isScaled = (clock: Clock): clock is ScaledClock => 'scale' in clock;

const clockMessage = (clock: Clock) => ({
  time: timestampFromMs(Math.floor(clock.now())),
  manual: isManual(clock),
  factor: isScaled(clock) ? clock.factor : 0,
});
