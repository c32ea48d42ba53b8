import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeCertificates } from '../../src/emulator/server/certificates.ts';
import { root } from '../support/gsdk.ts';
import { type ResetKind, startResettingServer } from '../support/resetting-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const certificates = await makeCertificates();
const caFile = join(folder, 'ca.crt');
writeFileSync(caFile, certificates.ca);
const siteFile = join(folder, 'site.csv');
writeFileSync(siteFile, 'deviceID,IPAddr\n846,192.168.0.117\n540,192.168.0.120\n');

/** Commands that make several calls at once: without the fix about half of their runs never ended. */
const parallelReads = [['check', '-f', siteFile], ['apply', '-f', siteFile], ['export']];

/** Runs gsdk and watches its memory. A run that does not end within 20 s is killed. */
async function runWatched(args: readonly string[], address: string) {
  const env = { GSDK_GATEWAY: address, GSDK_CA_FILE: caFile, GSDK_REQUEST_TIMEOUT: '2s', HOME: folder };
  const child = spawn(process.execPath, [join(root, 'bin', 'gsdk.js'), ...args], { env, stdio: 'ignore' });
  let peakKb = 0;
  const sampler = setInterval(() => {
    peakKb = Math.max(peakKb, residentKb(child.pid));
  }, 50);
  const watchdog = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearInterval(sampler);
  clearTimeout(watchdog);
  return { code, signal, peakMb: peakKb / 1024 };
}

/** Resident memory of a process; 0 where there is no /proc or the process has ended. */
function residentKb(pid = 0): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const kinds: ResetKind[] = [
  { kind: 'rst-stream', code: 2 },
  { kind: 'rst-stream', code: 8, delayMs: 50 },
  { kind: 'rst-stream', code: 11, afterHeaders: true },
  { kind: 'rst-stream', code: 7 },
  { kind: 'goaway', code: 0, atStart: true },
  { kind: 'goaway', code: 2 },
  { kind: 'destroy-socket' },
];

describe.each(kinds)('against a server that answers with $kind $code', async (kind) => {
  const server = await startResettingServer(certificates, kind);
  afterAll(() => server.close());

  test.each(parallelReads)('gsdk %s %s ends with an error, in four runs at a time', async (...args) => {
    const runs = await Promise.all(Array.from({ length: 4 }, () => runWatched(args, server.address)));
    for (const { code, signal, peakMb } of runs) {
      expect(signal).toBeNull();
      expect([5, 11, 124]).toContain(code);
      expect(peakMb).toBeLessThan(150);
    }
  });
});
