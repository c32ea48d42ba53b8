import { closeSync, futimesSync } from 'node:fs';
import type { Time } from '../../base/time.ts';
import { openToAppend } from '../../base/trusted-path.ts';
import { toGsdkError, usageError } from '../../errors/gsdk-error.ts';
import type { WatchOptions } from './options.ts';
import type { OutagesFile } from './outages-file.ts';
import type { Watching } from './watch-session.ts';

/** How often a file is touched for a supervisor unless said otherwise, in milliseconds. */
const touchMs = 10_000;

/** How often outages are saved, in milliseconds. */
const saveMs = 1000;

/** What periodic work stands on. */
interface Periodic {
  time: Time;
  saving: OutagesFile | undefined;
}

/** Gives signs of life, to whoever reads and to a supervisor, and keeps the outages. @returns ends that */
export function tick(
  watching: Watching,
  { heartbeatInterval, heartbeatFile }: WatchOptions,
  { time, saving }: Periodic,
): () => void {
  const touch = () => {
    if (heartbeatFile !== undefined && watching.isSynced) touchFile(heartbeatFile);
  };
  const orEnd = (run: () => void) => () => {
    try {
      run();
    } catch (error) {
      watching.end('failed', toGsdkError(error));
    }
  };
  const beats = [
    ...(heartbeatInterval === undefined ? [] : [every(heartbeatInterval, time, () => watching.beat())]),
    ...(heartbeatFile === undefined ? [] : [every(heartbeatInterval ?? touchMs, time, orEnd(touch))]),
    ...(saving === undefined
      ? []
      : [
          every(
            saveMs,
            time,
            orEnd(() => saving.save()),
          ),
        ]),
  ];
  return () => {
    for (const stop of beats) stop();
  };
}

function touchFile(path: string): void {
  try {
    const file = openToAppend(path);
    try {
      futimesSync(file, new Date(), new Date());
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw usageError(`--heartbeat-file: cannot touch ${path} (${code ?? message})`, 'name another file');
  }
}

function every(periodMs: number, time: Time, run: () => void): () => void {
  let cancel = () => {};
  const again = () => {
    cancel = time.after(periodMs, () => {
      again();
      run();
    });
  };
  again();
  return () => cancel();
}
