import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Code, codes } from '../../src/emulator/faults/faults.ts';
import { guardedFleet } from '../support/guarded-fleet.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { smallWrites, wordsOf, writeCalls, writes } from '../support/writes.ts';

const folder = temporaryFolder();
vi.stubEnv('TMPDIR', folder);
const { emulator, gsdk, restore } = await guardedFleet();

interface Write {
  line: string;
  stdin?: string;
  /** Lines that give it something to change. */
  first: readonly string[];
}

/** In the state that the fleet is in, these have nothing to change. */
const firstOf: Readonly<Record<string, readonly string[]>> = {
  'connect 192.168.0.201 192.168.0.202': ['async rm 901 902'],
  'slave rm 846 9 --if-exists': ['slave add 846 9'],
  'filter listed-only': ['filter allow-all', 'wait 7 8 --for connected'],
  'rpc Connect.SetSlaveDevice -d {"slaveDeviceInfos":[{"deviceID":846},{"deviceID":540}]}': ['slave add 846 9'],
};
const all: Write[] = [...writes, ...smallWrites].map((write) => ({ ...write, first: firstOf[write.line] ?? [] }));

const allFailing = codes.filter((code): code is Exclude<Code, 'OK'> => code !== 'OK');

/** What the emulator knows of each device, whatever any client was told. */
async function states(line: string): Promise<ReadonlyMap<number, string>> {
  // No other line finds slaves that it could change.
  const listed = /slave/i.test(line) ? await gsdk(wordsOf('rpc Connect.GetSlaveDevice')) : undefined;
  const { slaveDeviceInfos } = listed ? JSON.parse(listed.stdout) : { slaveDeviceInfos: [] };
  const inFleet = [846, 540, 901, 902, 903, 904, 7, 8];
  return new Map(
    [...inFleet, 5, 6, 9, 10].map((id) => {
      const { autoReconnect, useSSL } = emulator.gateway.managedDevice(id) ?? {};
      const own = inFleet.includes(id) ? emulator.world.device(id) : undefined;
      const slaves = slaveDeviceInfos.find(({ deviceID }: { deviceID: number }) => deviceID === id);
      const accepted = emulator.gateway.accepts(id);
      return [id, JSON.stringify([autoReconnect, useSSL, own?.useSSL, own?.connectionMode, accepted, slaves])];
    }),
  );
}

/** Runs a write, and finds out which devices it did something to: those whose state differs, or that the journal names. */
async function attempt({ line, stdin = '' }: Write) {
  rmSync(join(folder, `gsdk-${process.getuid?.()}`), { recursive: true, force: true });
  rmSync(join(folder, 'none.json'), { force: true });
  copyFileSync('test/support/holds.json', join(folder, 'holds.json'));
  const words = wordsOf(line.replace('test/support/', '')).map((word) =>
    word.endsWith('.json') ? join(folder, word) : word,
  );
  if (line.includes('--reconnect')) words.push('--timeout', '200ms');
  if (line === 'filter listed-only') words.push('--max-lockout', '2');
  const before = await states(line);
  const { seq } = emulator.journal;
  const { exitCode, stdout, stderr } = await gsdk([...words, '-v', '--json'], { stdin });
  const after = await states(line);
  const changed = [...before.keys()].filter((id) => before.get(id) !== after.get(id));
  const named = emulator.journal.since(seq).flatMap((entry) => ('deviceID' in entry ? [entry.deviceID] : []));
  return {
    touched: new Set([...changed, ...named]),
    rows: stdout.includes('"results"') ? (JSON.parse(stdout).results as Row[]) : [],
    error: exitCode === 0 ? undefined : JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '').error,
    calls: writeCalls(stderr),
  };
}

interface Row {
  deviceID: number | null;
  outcome: string;
  changed: boolean;
}

/** What a run printed and the emulator knows to be otherwise. */
function falseClaims({ rows, error, touched }: Awaited<ReturnType<typeof attempt>>): string[] {
  const claims = rows.flatMap(({ deviceID, outcome, changed }) => {
    const isTouched = deviceID === null ? touched.size > 0 : touched.has(deviceID);
    if (isTouched && (outcome === 'not-applied' || outcome === 'skipped')) return [`${deviceID} ${outcome}`];
    return !isTouched && outcome === 'applied' && changed ? [`${deviceID} ${outcome}`] : [];
  });
  const outcome = error?.outcome ?? 'applied';
  if (rows.length === 0 && outcome === (touched.size > 0 ? 'not-applied' : 'applied')) claims.push(outcome);
  if (error?.retryable && outcome !== 'not-applied') claims.push('retryable');
  return claims;
}

/**
 * One status of each kind. With GSDK_ALL_STATUSES=1 every status, except for commands that wait between calls: they take
 * minutes.
 */
const codesFor = (line: string) =>
  process.env.GSDK_ALL_STATUSES === undefined || /--reconnect|--hold /.test(line)
    ? (['UNAVAILABLE', 'INTERNAL', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'UNIMPLEMENTED'] as const)
    : allFailing;

test.each(all)(
  '$line claims nothing that the gateway did not do, with any status',
  { timeout: 120_000 },
  async (write) => {
    const start = async () => {
      await restore();
      for (const line of write.first) await gsdk(wordsOf(line));
    };
    await start();
    const { calls, touched } = await attempt(write);
    expect([calls.length, touched.size]).not.toContain(0);
    await start();
    const claims: string[] = [];
    for (const rpc of new Set(calls)) {
      for (const code of codesFor(write.line)) {
        for (const carriedOut of [true, false]) {
          emulator.rules.add({ rpc, effect: 'code', code, carriedOut });
          const run = await attempt(write);
          emulator.rules.clear();
          claims.push(...falseClaims(run).map((claim) => `${rpc} ${code}, carried out: ${carriedOut}: ${claim}`));
          if (run.touched.size > 0) await start();
        }
      }
    }
    expect(claims).toEqual([]);
  },
);
