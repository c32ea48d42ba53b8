import { describe, expect, test } from 'vitest';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';
import { managedFleet } from '../../support/managed-fleet.ts';
import { freePort } from '../../support/ports.ts';

const { emulator, gsdk } = await managedFleet();
const dayMs = 24 * 60 * 60 * 1000;
const soon = await emulatedGateway({ certificates: { notAfter: new Date(Date.now() + 12.5 * dayMs) } });

test('it tells how many devices there are, and how long each step took', async () => {
  const { exitCode, stdout, stderr } = await gsdk(['gateway', 'ping', '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { gateway, devices, connectMs, answerMs, totalMs, daysLeft, ...rest } = JSON.parse(stdout);
  expect({ gateway, devices, rest }).toEqual({ gateway: emulator.address, devices: 2, rest: {} });
  expect(daysLeft).toBeGreaterThan(700);
  for (const ms of [connectMs, answerMs, totalMs]) expect(Number.isInteger(ms) && ms >= 0).toBe(true);
  expect(Math.abs(connectMs + answerMs - totalMs)).toBeLessThanOrEqual(2);
});

test('it is a table of one row for people', async () => {
  const { stdout } = await gsdk(['gateway', 'ping']);
  expect(stdout).toMatch(
    /^GATEWAY +DEVICES +CONNECT MS +ANSWER MS +TOTAL MS +CERT DAYS LEFT\n127\.0\.0\.1:\d+ +2 +\d+ +\d+ +\d+ +7\d\d\n$/,
  );
});

test('nobody there is 5', async () => {
  const { exitCode, stdout } = await gsdk(['gateway', 'ping', '--gateway', `127.0.0.1:${await freePort()}`]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' });
});

test('it prints no devices, so it has no IDs', async () => {
  expect(await gsdk(['gateway', 'ping', '-o', 'ids'])).toMatchObject({
    ...{ exitCode: 2, stdout: '', stderr: expect.stringContaining('-o ids: this command prints no devices') },
  });
});

describe('--cert-warn', () => {
  const ping = (...argv: string[]) => run(['gateway', 'ping', ...argv], { env: soon.env });

  test.each([
    ['13d', 8],
    ['30d', 8],
    ['12d', 0],
    ['0d', 0],
  ])('%s before a certificate that is good for 12 days ends with %d', async (days, expected) => {
    const { exitCode, stdout, stderr } = await ping('--cert-warn', days, '--json');
    expect({ exitCode, daysLeft: JSON.parse(stdout).daysLeft }).toEqual({ exitCode: expected, daysLeft: 12 });
    expect(stderr).toMatch(expected === 8 ? /^gsdk: warning: the certificate of .* expires in 12 days, at 20/ : /^$/);
  });

  test.each(['30', '12h', '1.5d', 'd', '-1d', '1000000d'])('%s is refused', async (text) => {
    const { exitCode, stderr } = await ping('--cert-warn', text);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--cert-warn: expected a number of days');
  });
});
