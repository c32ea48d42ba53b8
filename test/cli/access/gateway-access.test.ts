import { describe, expect, test } from 'vitest';
import { GatewayAccess } from '../../../src/cli/access/gateway-access.ts';
import { resolveConfiguration } from '../../../src/config/resolve.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { fakeHost } from '../../support/host.ts';
import { writtenFile } from '../../support/temporary-folder.ts';

const emulator = await emulatedGateway();
const { signal } = new AbortController();
const profile = { gateway: emulator.address, caFile: emulator.caFile };
const env = { GSDK_CONFIG: writtenFile('config.json', JSON.stringify({ profiles: { site1: profile } })) };

function access({ isOneOfSeveral = false, flags = {} } = {}) {
  const told: string[] = [];
  const host = fakeHost({ env });
  const run = { host, argv: [], signal, onDetail: (message: string) => void told.push(message) };
  return {
    told,
    subject: new GatewayAccess(resolveConfiguration({ profile: 'site1', ...flags }, env), run, isOneOfSeveral),
  };
}
const filter = { allowAll: false, deviceIDs: [7], IPAddrs: [], subnetMasks: [] };

describe('one who reads', () => {
  test.each(['online', 'dialer'] as const)('cannot write: %s', async (way) => {
    const { subject, told } = access();
    const writing = async () => {
      if (way === 'online') return subject.online((gateway) => gateway.setFilter(filter));
      const gateway = await (await subject.dialer())(signal);
      return gateway.setFilter(filter).finally(() => gateway.close());
    };
    await expect(writing()).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('nothing was sent'),
    });
    expect(told).toEqual([]);
  });
});

test('one who writes can, within the guards', async () => {
  const write = (subject: GatewayAccess) =>
    subject.writing(async (gateway) => {
      gateway.announce([7, 8], { dryRun: false });
      await gateway.setFilter(filter);
      return { rows: [] };
    });
  const limited = access({ flags: { maxDevices: '1' } });
  await expect(write(limited.subject)).rejects.toMatchObject({ exitCode: 9 });
  expect(limited.told).toEqual([]);
  const { subject, told } = access();
  expect(await write(subject)).toEqual({ rows: [], failure: undefined });
  expect(told).toEqual([expect.stringMatching(/^SetAcceptFilter \d+ ms OK$/)]);
});

test('the connection ends with the question, whatever happens', async () => {
  const { subject } = access();
  let kept: Promise<unknown> | undefined;
  const question = subject.online(async (gateway) => {
    kept = gateway.search(4_000_000).catch((error) => error);
    throw new Error('a bug');
  });
  await expect(question).rejects.toThrow('a bug');
  expect(await kept).toMatchObject({ exitCode: 5 });
});

test('of several, each tells whose calls they are', async () => {
  const { subject, told } = access({ isOneOfSeveral: true });
  await subject.online((gateway) => gateway.devices());
  expect(told).toEqual([expect.stringMatching(/^site1: GetDeviceList \d+ ms OK$/)]);
});
