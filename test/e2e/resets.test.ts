import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeCertificates } from '../../src/emulator/server/certificates.ts';
import { root } from '../support/gsdk.ts';
import { resetKinds, startResettingServer } from '../support/resetting-server.ts';
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
  const child = spawn(node, [join(root, 'bin', 'gsdk.js'), ...args], { env, stdio: 'ignore' });
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

/** GSDK_RESET_RUNS=50 repeats each case; GSDK_RESET_NODE is another Node binary. */
const runs = Number(process.env.GSDK_RESET_RUNS ?? 2);
const node = process.env.GSDK_RESET_NODE ?? process.execPath;

describe.each(resetKinds)('against a server that answers with %j', async (kind) => {
  const server = await startResettingServer(certificates, kind);
  afterAll(() => server.close());

  test.each(parallelReads)('gsdk %s ends with an error, within its limits', { timeout: 600_000 }, async (...args) => {
    for (let done = 0; done < runs; done += 4) {
      const batch = Array.from({ length: Math.min(4, runs - done) }, () => runWatched(args, server.address));
      for (const { code, signal, peakMb } of await Promise.all(batch)) {
        expect(signal).toBeNull();
        expect([5, 11, 124]).toContain(code);
        expect(peakMb).toBeLessThan(150);
      }
    }
  });
});

test('a stream call ends with an error when it is reset with NO_ERROR before headers', async () => {
  const server = await startResettingServer(certificates, { kind: 'rst-stream', code: 0 });
  const { code, signal } = await runWatched(['rpc', 'Connect.SubscribeStatus'], server.address);
  server.close();
  expect({ code, signal }).toEqual({ code: 5, signal: null });
});
