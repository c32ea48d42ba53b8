import { expect, test } from 'vitest';
import { managedFleet } from '../../support/managed-fleet.ts';
import { freePort } from '../../support/ports.ts';

const { emulator, gsdk } = await managedFleet();

test('it tells how many devices there are, and how long each step took', async () => {
  const { exitCode, stdout, stderr } = await gsdk(['gateway', 'ping', '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { gateway, devices, connectMs, answerMs, totalMs, ...rest } = JSON.parse(stdout);
  expect({ gateway, devices, rest }).toEqual({ gateway: emulator.address, devices: 2, rest: {} });
  for (const ms of [connectMs, answerMs, totalMs]) expect(Number.isInteger(ms) && ms >= 0).toBe(true);
  expect(Math.abs(connectMs + answerMs - totalMs)).toBeLessThanOrEqual(2);
});

test('it is a table of one row for people', async () => {
  const { stdout } = await gsdk(['gateway', 'ping']);
  expect(stdout).toMatch(/^GATEWAY +DEVICES +CONNECT MS +ANSWER MS +TOTAL MS\n127\.0\.0\.1:\d+ +2 +\d+ +\d+ +\d+\n$/);
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
