import { expect, test } from 'vitest';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';

const gateway = await emulatedGateway();

test('a gateway that answers is not waited for', async () => {
  const { exitCode, stdout } = await run(['gateway', 'wait', '--json'], { env: gateway.env });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ gateway: gateway.address, attempts: 1 });
});

test('a gateway that is not there yet is waited for', async () => {
  gateway.faults.crash({});
  const waiting = run(['gateway', 'wait', '--timeout', '20s', '--json'], { env: gateway.env });
  // Whoever asks after the wait has begun sees that nothing listens.
  expect((await run(['gateway', 'ping'], { env: gateway.env })).exitCode).toBe(5);
  gateway.restartGateway();
  const { exitCode, stdout } = await waiting;
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).attempts).toBeGreaterThan(1);
});

test('what no waiting mends ends it at once: a certificate that is not trusted', async () => {
  const { GSDK_GATEWAY } = gateway.env;
  const { exitCode } = await run(['gateway', 'wait', '--timeout', '20s'], { env: { GSDK_GATEWAY } });
  expect(exitCode).toBe(4);
});

test('when time is up it ends with 124, and says why there was no answer', async () => {
  const env = { ...gateway.env, GSDK_GATEWAY: '127.0.0.1:1' };
  const { exitCode, stderr } = await run(['gateway', 'wait', '--timeout', '300ms'], { env });
  expect(exitCode).toBe(124);
  expect(stderr).toContain('no answer within 300ms: nothing listens at 127.0.0.1:1');
});
