import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { main } from '../../../src/main.ts';
import { fakeHost, run } from '../../support/host.ts';
import { isPortOpen } from '../../support/ports.ts';

/** Runs until the gateway is announced; what was announced, and the end of the run. */
async function started(...args: string[]) {
  const { promise, resolve } = deferred<string>();
  const host = fakeHost({
    onOutput: (text, done) => {
      resolve(text);
      done();
    },
  });
  const ending = main(['emulator', 'run', ...args], host);
  const text = await Promise.race([promise, ending.then(() => expect.unreachable(host.written.stderr))]);
  return { host, ending, text };
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('it prints how to reach the gateway, which then answers, until it is interrupted', async () => {
  const { host, ending, text } = await started('--json', '--clock', 'scaled:1000');
  const { gateway, caFile, controlFile } = JSON.parse(text);
  const env = { GSDK_GATEWAY: gateway, GSDK_CA_FILE: caFile };
  expect(await run(['search', '-o', 'ids'], { env })).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^846\n/),
  });
  expect(existsSync(caFile)).toBe(true);
  const control = { GSDK_EMULATOR_CONTROL: controlFile };
  expect((await run(['emulator', 'device', 'unplug', '846'], { env: control })).exitCode).toBe(0);
  expect((await run(['search', '-o', 'ids'], { env })).stdout).not.toMatch(/^846\n/);
  host.send('SIGTERM');
  expect(await ending).toEqual({ exitCode: 143, signal: 'SIGTERM' });
  expect([caFile, controlFile].map((file) => existsSync(file))).toEqual([false, false]);
  expect(await isPortOpen(Number(gateway.split(':')[1]))).toBe(false);
  expect(host.written.stderr).toBe('');
});

test('it prints lines for a shell, and takes a port', async () => {
  const first = await started();
  const lines = /^export GSDK_GATEWAY=127\.0\.0\.1:(\d+)\nexport GSDK_CA_FILE=\S+\nexport GSDK_EMULATOR_CONTROL=\S+\n$/;
  const [, port = ''] = lines.exec(first.text) ?? [];
  expect(Number(port)).toBeGreaterThan(0);
  expect(await run(['emulator', 'run', '--port', port])).toEqual({
    ...{ exitCode: 9, stdout: '' },
    stderr: `gsdk: port ${port} is taken\nhint: leave --port out for any free one\n`,
  });
  first.host.send('SIGINT');
  expect((await first.ending).exitCode).toBe(130);
  const second = await started('--port', port);
  expect(second.text).toContain(`127.0.0.1:${port}\n`);
  second.host.send('SIGINT');
  await second.ending;
});

test.each([
  [['--port', '0'], '--port: expected a port'],
  [['--clock', 'fast'], '--clock: expected real, scaled:K or manual'],
  [['-o', 'ids'], '-o ids: this command prints no devices'],
])('%j is refused, and nothing is started', async (args, message) => {
  expect(await run(['emulator', 'run', ...args])).toMatchObject({
    ...{ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) },
  });
});

test('where only the fields are asked for nothing is started', async () => {
  expect(await run(['emulator', 'run', '--fields', 'help'])).toEqual({
    ...{ exitCode: 0, stdout: 'gateway\ncaFile\ncontrolFile\n', stderr: '' },
  });
});
