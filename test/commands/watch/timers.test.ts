import { existsSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { WatchOptions } from '../../../src/commands/watch/options.ts';
import { OutagesFile } from '../../../src/commands/watch/outages-file.ts';
import { tick } from '../../../src/commands/watch/timers.ts';
import { WatchGroup } from '../../../src/commands/watch/watch-group.ts';
import { Watching } from '../../../src/commands/watch/watch-session.ts';
import { manualClock } from '../../../src/emulator/index.ts';
import { DownTracker } from '../../../src/gateway/subscription/down-tracker.ts';
import { change, lost, snapshot, synced } from '../../support/subscription-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const stateFolder = temporaryFolder();
const devices = new Map();

/** A watch whose gateway has been heard, with what is done from time to time. */
function ticking(options: Partial<WatchOptions>, statePath?: string) {
  const clock = manualClock(1_700_000_000_000);
  const time = { now: clock.now, after: clock.after, random: () => 0 };
  const tracker = new DownTracker({ time, downForMs: 1000, tell: () => {} });
  const watching = new Watching({
    ...{ time, context: {}, selection: {}, bounds: {}, group: new WatchGroup(), hasSnapshot: true },
    ...{ tracker, tally: undefined, handlers: undefined },
  });
  const saving = statePath === undefined ? undefined : new OutagesFile(statePath, tracker);
  const stop = tick(watching, { snapshot: true, ...options }, { time, saving });
  const told = (event: Parameters<Watching['told']>[0]) => watching.told(event, { devices });
  const linesOf = async () => {
    const kinds: unknown[] = [];
    watching.end('over');
    await watching
      .print(async (rows) => {
        kinds.push(...rows.map(({ event }) => event));
        return true;
      })
      .catch(() => {});
    return kinds;
  };
  return { clock, watching, stop, told, linesOf };
}

test('--heartbeat-interval: a line each time, until it is stopped', async () => {
  const { clock, stop, told, linesOf } = ticking({ heartbeatInterval: 10_000 });
  told(synced);
  clock.advance(9999);
  clock.advance(20_001);
  stop();
  clock.advance(60_000);
  expect(await linesOf()).toEqual(['synced', 'heartbeat', 'heartbeat', 'heartbeat', 'end']);
});

test.each([
  [{}, 10_000],
  [{ heartbeatInterval: 3000 }, 3000],
])('--heartbeat-file with %j is touched every %i ms, while the gateway is heard', (options, periodMs) => {
  const path = join(folder, `alive ${periodMs}`);
  const { clock, told, stop } = ticking({ heartbeatFile: path, ...options });
  clock.advance(periodMs);
  expect(existsSync(path)).toBe(false);
  told(synced);
  clock.advance(periodMs - 1);
  expect(existsSync(path)).toBe(false);
  clock.advance(1);
  expect(readFileSync(path, 'utf8')).toBe('');
  utimesSync(path, 1, 1);
  told(lost());
  clock.advance(periodMs);
  expect(statSync(path).mtimeMs).toBe(1000);
  told(synced);
  clock.advance(periodMs);
  expect(statSync(path).mtimeMs).toBeGreaterThan(1000);
  stop();
});

test('a heartbeat file that cannot be touched ends the watch, with its name', async () => {
  const path = join(folder, 'no such folder', 'alive');
  const { clock, told, watching } = ticking({ heartbeatFile: path });
  told(synced);
  clock.advance(10_000);
  expect(watching.signal.reason).toBe('failed');
  await expect(watching.print(async () => true)).rejects.toMatchObject({
    ...{ exitCode: 2, message: `--heartbeat-file: cannot touch ${path} (ENOENT)` },
  });
});

test('--state is saved every second, and what cannot be saved ends the watch', () => {
  const path = join(stateFolder, 'outages.json');
  const { clock, told, watching } = ticking({ state: path }, path);
  told(snapshot(1, 'TCP_CONNECTED'));
  told(change(1, 'TCP_CONNECTED', 'DISCONNECTED'));
  clock.advance(999);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ outages: [] });
  clock.advance(1);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ outages: [{ deviceID: 1 }] });
  rmSync(join(path, '..'), { recursive: true });
  told(change(1, 'DISCONNECTED', 'TCP_CONNECTED'));
  clock.advance(1000);
  expect(watching.signal.reason).toBe('failed');
});
