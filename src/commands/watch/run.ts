import { realTime, type Time } from '../../base/time.ts';
import { readDeviceIDs } from '../../cli/id-list.ts';
import type { PrintRows, Session } from '../../cli/session.ts';
import { toGsdkError, usageError } from '../../errors/gsdk-error.ts';
import { DownTracker } from '../../gateway/subscription/down-tracker.ts';
import { follow } from '../../gateway/subscription/follow.ts';
import { Tally } from '../../gateway/subscription/tally.ts';
import { whyNotExecutable } from './executable.ts';
import { cannotRun, Handlers } from './handlers.ts';
import type { WatchOptions } from './options.ts';
import { OutagesFile, readOutages } from './outages-file.ts';
import { tick } from './periodic.ts';
import { toRow } from './rows.ts';
import { Watching } from './watching.ts';

/** How long a reader that is slow, or a handler, may delay the end once a signal has come, in milliseconds. */
const graceMs = 1500;

/**
 * Watches the gateway of a session and prints what happens.
 *
 * @throws GsdkError when the gateway cannot be followed, an option makes no sense, or handlers failed
 */
export async function watchGateway(
  command: readonly string[],
  options: WatchOptions,
  { session, print }: { session: Session; print: PrintRows },
): Promise<void> {
  const time = realTime;
  const parts = await partsOf(command, options, session, time, (): Watching => watching);
  const dial = await session.dialer({ dialsOnce: true });
  const { tracker } = parts;
  const saving = tracker && options.state !== undefined ? new OutagesFile(options.state, tracker) : undefined;
  const watching: Watching = new Watching(parts);
  const stopTicking = tick(watching, options, { time, saving });
  const stopListening = onInterruption(session, watching);
  const following = follow(dial, watching.told, {
    signal: watching.signal,
    ...(options.resync !== undefined && { resyncMs: options.resync }),
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

/** Once a signal has come nobody is waited for any longer than the grace. */
function beforeGrace(work: Promise<void>, { signal }: Session, time: Time): Promise<void> {
  const grace = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => time.after(graceMs, resolve), { once: true });
  });
  return Promise.race([work, grace]);
}

async function partsOf(
  command: readonly string[],
  options: WatchOptions,
  session: Session,
  time: Time,
  watching: () => Watching,
) {
  const { parseEnumNames } = await import('../../cli/online.ts');
  const statuses = (text: string | undefined, option: string) =>
    text === undefined ? undefined : new Set(parseEnumNames('status', text, option));
  const expected = await readIDs(options.expect, '--expect', session);
  const tracker =
    options.downFor === undefined
      ? undefined
      : new DownTracker({
          ...{ time, downForMs: options.downFor, expected: expected ?? [] },
          outages: options.state === undefined ? [] : readOutages(options.state),
          tell: (alarm) => watching().say(alarm),
        });
  return {
    ...{ time, context: session.context, hasSnapshot: options.snapshot, tracker },
    handlers: handlersOf(command, options, session, watching),
    selection: {
      deviceIDs: await readIDs(options.device, '--device', session).then((ids) => ids && new Set(ids)),
      statuses: statuses(options.status, '--status'),
    },
    bounds: {
      durationMs: options.duration,
      count: options.count,
      untilStatuses: statuses(options.untilState, '--until-state'),
    },
    tally: options.summary ? new Tally(time) : undefined,
  };
}

/** @throws GsdkError (HANDLER) when the command cannot be run, as far as that is known before */
function handlersOf(
  [file, ...args]: readonly string[],
  { execOn, execParallel = 1, execTimeout = 30_000 }: WatchOptions,
  session: Session,
  watching: () => Watching,
): Handlers | undefined {
  if (file === undefined) return undefined;
  const { context, host } = session;
  const fault = whyNotExecutable(file, host.env.PATH);
  if (fault !== undefined) throw cannotRun(file, fault);
  return new Handlers({
    ...{ file, args, env: host.env, kinds: kindsOf(execOn), parallel: execParallel, timeoutMs: execTimeout },
    toRow: (event) => toRow(event, context),
    warn: (message) => void session.warn(message),
    kill: (pid, signal) => host.kill(pid, signal),
    failed: (error) => watching().end('failed', error),
  });
}

/** Nobody watches nothing: an empty list is a list that was lost on the way. */
async function readIDs(text: string | undefined, option: string, session: Session): Promise<number[] | undefined> {
  if (text === undefined) return undefined;
  const ids = await readDeviceIDs(text.startsWith('@') ? [text] : text.split(','), session);
  if (ids.length === 0) throw usageError(`${option}: ${text} names no device`, 'leave it out for all of them');
  return ids;
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
