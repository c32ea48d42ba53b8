import { expect, test } from 'vitest';
import type { EmulatorOptions } from '../../../../src/emulator/index.ts';
import { visit } from '../../support/visit.ts';

const fleet = [
  { deviceID: 1, type: 8, IPAddr: '10.0.0.1', rs485SlaveDeviceIDs: [11, 12], wiegandSlaveDeviceIDs: [13] },
  { deviceID: 2, type: 8, IPAddr: '10.0.0.2', rs485SlaveDeviceIDs: [21] },
];
const [first, second] = [
  { deviceID: 1, rs485SlaveDeviceIDs: [11], wiegandSlaveDeviceIDs: [13] },
  { deviceID: 2, rs485SlaveDeviceIDs: [21], wiegandSlaveDeviceIDs: [] },
];
const connections = fleet.map(({ deviceID, IPAddr }) => ({ deviceID, IPAddr }));

/** An emulator with two asynchronous connections that are up. */
async function visitConnected(options: EmulatorOptions = {}) {
  const visited = await visit({ fleet, ...options });
  await visited.client.addAsync(...connections);
  visited.clock.advance(5);
  return visited;
}

test('F57 a gateway knows no slaves until they are set', async () => {
  const { client } = await visitConnected();
  expect(await client.slaves()).toEqual([]);
  await client.setSlaves(first, second);
  expect(await client.slaves()).toEqual([first, second]);
});

test.each([
  ['by RS-485', { ...first, rs485SlaveDeviceIDs: [11, 21] }, 21],
  ['by Wiegand', { ...first, wiegandSlaveDeviceIDs: [11] }, 11],
])('F58 a slave that its parent has not registered %s is refused, and nothing is set', async (_, slaves, ID) => {
  const { client } = await visitConnected();
  await expect(client.setSlaves(second, slaves)).rejects.toMatchObject({
    code: 5,
    details: `slave ${ID} is not registered on 1`,
  });
  expect(await client.slaves()).toEqual([]);
});

test('F58 assumption unregisteredSlave: another code', async () => {
  const { client } = await visitConnected({ assumptions: { unregisteredSlave: 'INVALID_ARGUMENT' } });
  await expect(client.setSlaves({ ...first, rs485SlaveDeviceIDs: [7] })).rejects.toMatchObject({ code: 3 });
});

test('a parent that is not connected is NOT_FOUND', async () => {
  const { client } = await visit({ fleet });
  await expect(client.setSlaves(first)).rejects.toMatchObject({ code: 5, details: 'Cannot get connection' });
});

test('F76 what is set replaces what was', async () => {
  const { client } = await visitConnected();
  await client.setSlaves(first);
  await client.setSlaves(second);
  expect(await client.slaves()).toEqual([second]);
  await client.setSlaves();
  expect(await client.slaves()).toEqual([]);
});

test('F76 assumption setSlaves: it replaces that of the named parents only', async () => {
  const { client } = await visitConnected({ assumptions: { setSlaves: 'merges' } });
  await client.setSlaves(first);
  await client.setSlaves(second);
  await client.setSlaves({ ...first, rs485SlaveDeviceIDs: [12] });
  expect(await client.slaves()).toEqual([{ ...first, rs485SlaveDeviceIDs: [12] }, second]);
  await client.setSlaves({ deviceID: 1, rs485SlaveDeviceIDs: [], wiegandSlaveDeviceIDs: [] });
  expect(await client.slaves()).toEqual([second]);
});

test('F77 deleting an asynchronous connection drops the slaves of its device', async () => {
  const { client } = await visitConnected();
  await client.setSlaves(first, second);
  await client.deleteAsync(1);
  expect(await client.slaves()).toEqual([second]);
});

test('F77 replacing an asynchronous connection drops them, adding it as it was does not', async () => {
  const { client } = await visitConnected();
  await client.setSlaves(first, second);
  await client.addAsync({ deviceID: 1, IPAddr: '10.0.0.1', useSSL: true }, { deviceID: 2, IPAddr: '10.0.0.2' });
  expect(await client.slaves()).toEqual([second]);
});

test('F77 assumption deleteAsyncDropsSlaves: they stay', async () => {
  const { client } = await visitConnected({ assumptions: { deleteAsyncDropsSlaves: false } });
  await client.setSlaves(first);
  await client.deleteAsync(1);
  expect(await client.slaves()).toEqual([first]);
});
