import { realTime, type Time } from '../../base/time.ts';
import type { GatewayAccess } from '../../cli/access/gateway-access.ts';
import { type DeviceNames, withName } from '../../cli/input/device-names.ts';
import type { PrintRows, Session } from '../../cli/session.ts';
import { toGsdkError, usageError } from '../../errors/gsdk-error.ts';
import { DownTracker } from '../../gateway/subscription/down-tracker.ts';
import { followDevices } from '../../gateway/subscription/follow.ts';
import { Tally } from '../../gateway/subscription/tally.ts';
import { whyNotExecutable } from './executable.ts';
import { cannotRun, Handlers } from './handlers.ts';
import type { WatchOptions } from './options.ts';
import { OutagesFile, readOutages } from './outages-file.ts';
import { toRow } from './rows.ts';
import { tick } from './timers.ts';
import type { WatchGroup } from './watch-group.ts';
import type { Wanted } from './watch-selection.ts';
import { Watching } from './watch-session.ts';

/** How long a reader that is slow, or a handler, may delay the end once a signal has come, in milliseconds. */
const graceMs = 1500;

/** A watch of one gateway, as part of a run. */
export interface WatchRun {
  session: Session;
  access: GatewayAccess;
  /** Whether other gateways are watched beside it. */
  isOneOfSeveral: boolean;
  wanted: Wanted;
  group: WatchGroup;
  print: PrintRows;
}

/**
 * Watches a gateway and prints what happens.
 *
 * @throws GsdkError when the gateway cannot be followed, an option makes no sense, or handlers failed
 */
export async function watchGateway(command: readonly string[], options: WatchOptions, run: WatchRun): Promise<void> {
  const time = realTime;
  const { session, access, print } = run;
  const names = await session.names();
  const parts = partsOf(command, options, { ...run, names }, time, (): Watching => watching);
  const dial = await access.dialer({ dialsOnce: true });
  const { tracker } = parts;
  const saving = tracker && options.state !== undefined ? new OutagesFile(options.state, tracker) : undefined;
  const watching: Watching = new Watching(parts);
  const stopTicking = tick(watching, options, { time, saving });
  const stopListening = onInterruption(session, watching);
  const told: typeof watching.told = (event, subscription) => {
    watching.told(event, subscription);
  };
  const following = followDevices(dial, told, {
    signal: watching.signal,
    ...(options.resyncInterval !== undefined && { resyncMs: options.resyncInterval }),
    ...(options.maxGap !== undefined && { maxGapMs: options.maxGap }),
    ...(options.queueSize !== undefined && { queueSize: options.queueSize }),
  }).catch((error) => watching.end('failed', toGsdkError(error)));
  try {
    const work = watching.print(print).then(() => parts.handlers?.finish());
    await beforeGrace(work, session, time);
  } finally {
    watching.end('over');
    stopTicking();
    stopListening();
    tracker?.stop();
    await parts.handlers?.cancel();
    await following;
    saving?.save();
  }
}

/** The same with what devices are called, if that is to be told. */
type NamedRun = WatchRun & { names: DeviceNames | undefined };

/** Once a signal has come nobody is waited for any longer than the grace. */
function beforeGrace(work: Promise<void>, { signal }: Session, time: Time): Promise<void> {
  const grace = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => time.after(graceMs, resolve), { once: true });
  });
  return Promise.race([work, grace]);
}

function partsOf(
  command: readonly string[],
  options: WatchOptions,
  run: NamedRun,
  time: Time,
  watching: () => Watching,
) {
  const { access, group, wanted } = run;
  const { selection, untilStatuses, expected } = wanted;
  const tracker =
    options.downFor === undefined
      ? undefined
      : new DownTracker({
          ...{ time, downForMs: options.downFor, expected },
          outages: options.state === undefined ? [] : readOutages(options.state),
          tell: (alarm) => watching().say(alarm),
        });
  return {
    ...{ time, context: access.context, group, hasSnapshot: options.snapshot, tracker, selection },
    handlers: handlersOf(command, options, run, watching),
    bounds: { durationMs: options.duration, untilStatuses },
    tally: options.summary ? new Tally(time) : undefined,
  };
}

/** @throws GsdkError (HANDLER) when the command cannot be run, as far as that is known before */
function handlersOf(
  [file, ...args]: readonly string[],
  { execOn, execParallel = 1, execTimeout = 30_000 }: WatchOptions,
  { session, access, isOneOfSeveral, names }: NamedRun,
  watching: () => Watching,
): Handlers | undefined {
  if (file === undefined) return undefined;
  const { host } = session;
  const { context } = access;
  const fault = whyNotExecutable(file, host.env.PATH);
  if (fault !== undefined) throw cannotRun(file, fault);
  // A gsdk that the command runs goes to the gateway of the event, and to no other.
  const env = isOneOfSeveral ? { ...host.env, GSDK_PROFILE: context.profile ?? '' } : host.env;
  return new Handlers({
    ...{ file, args, env, kinds: kindsOf(execOn), parallel: execParallel, timeoutMs: execTimeout },
    toRow: (event) => withName(toRow(event, context), names),
    warn: (message) => void session.warn(message),
    kill: (pid, signal) => host.kill(pid, signal),
    failed: (error) => watching().end('failed', error),
  });
}

const kinds = [
  'snapshot',
  'synced',
  'change',
  'added',
  'removed',
  'lost',
  'resumed',
  'merged',
  'down',
  'up',
  'heartbeat',
];

function kindsOf(text = 'change'): Set<string> {
  const named = text.split(',').map((word) => word.trim());
  const unknown = named.find((word) => !kinds.includes(word));
  if (unknown === undefined) return new Set(named);
  throw usageError(`--exec-on: no such event "${unknown}"`, `it may be: ${kinds.join(', ')}`);
}

/** A signal ends the watch in order; the process dies of it afterwards. */
function onInterruption({ signal, interruption }: Session, watching: Watching): () => void {
  const onAbort = () => watching.end(interruption.received() ?? 'interrupted');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return () => signal.removeEventListener('abort', onAbort);
}
