import { expect, test } from 'vitest';
import { parseHostPort } from '../../src/base/address.ts';
import { openGateway } from '../../src/gateway/open-gateway.ts';
import { Type } from '../../src/gen/device_pb.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { testConnection } from '../support/gateway-transport.ts';

const emulator = await emulatedGateway({
  fleet: [{ deviceID: 846, type: Type.BIOLITE_N2, IPAddr: '192.168.0.117' }],
});
const endpoint = {
  ...testConnection().endpoint,
  ...(parseHostPort(emulator.address) ?? { host: '', port: 0 }),
  ca: emulator.caCertificate,
  cert: undefined,
  key: undefined,
};

test('a gateway that was opened answers every call, and none once it is closed', async () => {
  const calls: string[] = [];
  const gateway = await openGateway(endpoint, { ...testConnection(), onCall: ({ rpc }) => calls.push(rpc) });
  expect(gateway.target).toBe(emulator.address);
  expect((await gateway.search(1000)).devices).toMatchObject([{ deviceID: 846, type: 'BIOLITE_N2' }]);
  expect(await gateway.connect({ IPAddr: '192.168.0.117', port: 51_211, useSSL: false })).toBe(846);
  expect(await gateway.devices()).toMatchObject([{ deviceID: 846, status: 'TCP_CONNECTED', connected: true }]);
  await gateway.disconnect([846]);
  expect(await gateway.devices()).toEqual([]);
  expect(calls).toEqual(['SearchDevice', 'Connect', 'GetDeviceList', 'Disconnect', 'GetDeviceList']);
  const search = gateway.search(4_000_000);
  gateway.close();
  await expect(search).rejects.toMatchObject({ exitCode: 5 });
});

test('an interruption ends a call under way', async () => {
  const controller = new AbortController();
  const gateway = await openGateway(endpoint, { signal: controller.signal });
  const search = gateway.search(4_000_000);
  controller.abort();
  await expect(search).rejects.toMatchObject({ name: 'GsdkError' });
  gateway.close();
});
