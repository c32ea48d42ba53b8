import { createHash, X509Certificate } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { infoOf } from '../../../src/commands/gateway/info.ts';
import { ConnectionMode } from '../../../src/gen/connect_pb.ts';
import { Type } from '../../../src/gen/device_pb.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { down, fakeGateway, managed } from '../../support/fake-gateway.ts';
import { foreignGateway } from '../../support/foreign-gateway.ts';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());
const notAfter = new Date('2040-01-02T03:04:05.000Z');
const gateway = await emulatedGateway({
  fleet: [
    { deviceID: 846, type: Type.BIOLITE_N2, IPAddr: '192.168.0.117' },
    { deviceID: 7, type: Type.BIOSTATION_2, IPAddr: '192.168.0.7', connectionMode: ConnectionMode.DEVICE_TO_SERVER },
  ],
  certificates: { names: ['127.0.0.1', 'gw.example.com'], notAfter },
});
const foreign = await foreignGateway();
const old = await emulatedGateway({ gatewayVersion: '1.4' });
const info = async (env: Record<string, string>, ...argv: string[]) => {
  const { exitCode, stdout, stderr } = await run(['gateway', 'info', '--json', ...argv], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
};
const sha256 = (pem: string) => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');

test('tells of the connection, the certificate, and what the gateway knows', async () => {
  await run(['connect', '192.168.0.117'], { env: gateway.env });
  await run(['async', 'add', '9@192.168.0.9'], { env: gateway.env });
  await run(['filter', 'add', '5', '6'], { env: gateway.env });
  const row = await info(gateway.env);
  expect(row).toMatchObject({
    ...{ gateway: gateway.address, maxVersion: null, tlsVersion: 'TLSv1.2' },
    ...{ subject: 'CN=gsdk emulator', issuer: 'CN=gsdk emulator CA', names: ['127.0.0.1', 'gw.example.com'] },
    ...{ notAfter: notAfter.toISOString(), rootSha256: sha256(gateway.caCertificate) },
    ...{ managed: 2, connected: 1, async: 1, pending: 1, slaves: 0, allowAll: false, filterListed: 2 },
  });
  expect(row.daysLeft).toBe(Math.floor((notAfter.getTime() - Date.now()) / 86_400_000));
});

test('sha256 is what a pin takes; with a pin there is no root', async () => {
  const { sha256: seen } = await info(gateway.env);
  const row = await info({ GSDK_GATEWAY: gateway.address, GSDK_PIN: `sha256:${seen}` });
  expect(row).toMatchObject({ sha256: seen, rootSha256: null });
});

test('a gateway that is not ours has its certificate read too', async () => {
  const { port, env } = foreign;
  const row = await run(['gateway', 'ping', '--json'], { env });
  expect(JSON.parse(row.stdout)).toMatchObject({ gateway: `127.0.0.1:${port}`, daysLeft: 364 });
});

test('an old gateway betrays itself by the names of its services', async () => {
  expect(await info(old.env)).toMatchObject({ minVersion: null, maxVersion: '1.4' });
});

test('for people there is a field a line', async () => {
  const { stdout } = await run(['gateway', 'info'], { env: old.env });
  expect(stdout).toMatch(/^gateway +127\.0\.0\.1:\d+\nminVersion +\nmaxVersion +1\.4\n/);
  const { stdout: some } = await run(['gateway', 'info', '--fields', 'managed,daysLeft'], { env: old.env });
  expect(some).toMatch(/^managed +0\ndaysLeft +\d+\n$/);
});

test('a slave of two parents is one slave', async () => {
  const slaves = [1, 2].map((deviceID) => ({
    ...{ deviceID, rs485SlaveDeviceIDs: [11, 12], wiegandSlaveDeviceIDs: [12] },
  }));
  const { gateway: fake } = fakeGateway([managed(1), down(2, { autoReconnect: true })], { slaves: async () => slaves });
  expect(await infoOf(fake)).toMatchObject({
    managed: 2,
    connected: 1,
    async: 1,
    slaves: 2,
    tlsVersion: null,
    names: null,
  });
});
