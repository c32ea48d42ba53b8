import { utimesSync, writeFileSync } from 'node:fs';
import type { Time } from '../../base/time.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { DownTracker } from '../../gateway/subscription/down-tracker.ts';
import { writeOutages } from './outages-file.ts';
import type { WatchOptions } from './run.ts';
import type { Watching } from './watching.ts';

/** How often a file is touched for a supervisor unless said otherwise, in milliseconds. */
const touchMs = 10_000;

/** Gives signs of life, to whoever reads and to a supervisor. @returns ends that */
export function tick(watching: Watching, { heartbeat, heartbeatFile }: WatchOptions, time: Time): () => void {
  const touch = () => {
    if (heartbeatFile !== undefined && watching.isSynced) touchFile(heartbeatFile, watching);
  };
  const beats = [
    ...(heartbeat === undefined ? [] : [every(heartbeat, time, () => watching.beat())]),
    ...(heartbeatFile === undefined ? [] : [every(heartbeat ?? touchMs, time, touch)]),
  ];
  return () => {
    for (const stop of beats) stop();
  };
}

function touchFile(path: string, watching: Watching): void {
  try {
    writeFileSync(path, '', { flag: 'a' });
    utimesSync(path, new Date(), new Date());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    watching.end(
      'failed',
      usageError(`--heartbeat-file: cannot touch ${path} (${code ?? message})`, 'name another file'),
    );
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

/** Writes the outages once a second, if there is anything new, and at the end. @returns ends that */
export function saveOutages(path: string, tracker: DownTracker | undefined, time: Time): () => void {
  let saved = '';
  const save = () => {
    const outages = tracker?.outages ?? [];
    if (JSON.stringify(outages) === saved) return;
    saved = JSON.stringify(outages);
    writeOutages(path, outages);
  };
  const stop = every(1000, time, save);
  return () => {
    stop();
    save();
  };
}
