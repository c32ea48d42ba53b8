import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { silentServer } from '../support/broken-servers.ts';
import { errorOf } from '../support/failure.ts';
import { foreignGateway, silence } from '../support/foreign-gateway.ts';
import { bin, gsdk, PATH, type ProcessOptions } from '../support/gsdk.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';

const gateway = await foreignGateway({ answers: { SearchDevice: silence, Connect: silence } });
const large = await foreignGateway({
  devices: Array.from({ length: 5000 }, (_, index) => ({ deviceID: 1 + index, type: 18, IPAddr: '10.0.0.1' })),
});
const silent = await silentServer();
const entrance = await tcpProxy(Number(silent.split(':')[1]));

/** Starts gsdk, interrupts it when the moment has come, and waits for its end. */
async function interrupted(
  args: readonly string[],
  options: ProcessOptions,
  moment: Promise<unknown>,
  signal: NodeJS.Signals,
) {
  const child = gsdk(args, options);
  await moment;
  child.kill(signal);
  return child;
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s during a search: the process dies of it, after one line and one hint', async (signal, exitCode) => {
  const text = await interrupted(['search'], gateway, gateway.nextCall('SearchDevice'), signal);
  expect({ signal: text.signal, stdout: text.stdout }).toEqual({ signal, stdout: '' });
  expect(text.stderr).toMatch(new RegExp(`^gsdk: interrupted by ${signal}\nhint: [^\n]+\n$`));
  const json = await interrupted(['search', '--json'], gateway, gateway.nextCall('SearchDevice'), signal);
  expect({ signal: json.signal, stdout: json.stdout }).toEqual({ signal, stdout: '' });
  expect(errorOf(json.stderr)).toMatchObject({ class: 'SIGNAL', exitCode, retryable: false, outcome: 'not-applied' });
});

test('SIGINT during a write: the document comes all the same, and says that the outcome is unknown', async () => {
  const args = ['connect', '10.0.0.1', '--json'];
  const { signal, stdout, stderr } = await interrupted(args, gateway, gateway.nextCall('Connect'), 'SIGINT');
  expect(signal).toBe('SIGINT');
  expect(errorOf(stderr)).toMatchObject({ class: 'SIGNAL', outcome: 'unknown' });
  expect(JSON.parse(stdout)).toMatchObject({ results: [{ ok: false, outcome: 'unknown' }], summary: { unknown: 1 } });
});

test('SIGINT while a silent gateway is dialled', async () => {
  const args = ['search', '--connect-timeout', '15s', '--json'];
  const env = { ...gateway.env, GSDK_GATEWAY: entrance.address };
  const { signal, stderr, durationMs } = await interrupted(args, { env }, entrance.nextConnection(), 'SIGINT');
  expect(signal).toBe('SIGINT');
  expect(errorOf(stderr)).toMatchObject({ class: 'SIGNAL', exitCode: 130 });
  expect(durationMs).toBeLessThan(5000);
});

test('SIGINT while standard input is awaited', async () => {
  const child = gsdk(['disconnect', '-', '--json'], { ...gateway, input: undefined });
  // More than fits between two processes: once it is written, the reader is at work.
  const lines = '# nobody\n'.repeat(500_000);
  await new Promise((resolve) => child.stdin.write(lines, resolve));
  child.kill('SIGINT');
  const { signal, stdout, stderr } = await child;
  expect({ signal, stdout }).toEqual({ signal: 'SIGINT', stdout: '' });
  expect(errorOf(stderr)).toMatchObject({ class: 'SIGNAL', exitCode: 130, stage: 'cli', outcome: 'not-applied' });
  expect(gateway.calls).not.toContain('Disconnect');
});

test('while nobody reads the output, signals still end it', async () => {
  // Not by execa, which reads: the pipe is to stay full.
  const child = spawn(process.execPath, [bin, 'search', '-o', 'json'], {
    env: { PATH, ...large.env },
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  const exit = once(child, 'exit');
  await once(child.stdout, 'readable');
  child.kill('SIGINT');
  // Again and again, because two that come at the same time are one.
  const again = setInterval(() => child.kill('SIGINT'), 20);
  const [code, signal] = await exit;
  clearInterval(again);
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGINT' });
});
