import { expect, test } from 'vitest';
import { visit } from '../../support/visit.ts';

const nobody = { allowAll: false, deviceIDs: [], IPAddrs: [], subnetMasks: [] };

test('F37 at first nobody is accepted', async () => {
  const { client } = await visit();
  expect(await client.filter()).toEqual(nobody);
});

test('F38 setting the filter replaces it as a whole', async () => {
  const { client } = await visit();
  await client.setFilter({ allowAll: true, deviceIDs: [846], IPAddrs: ['10.0.0.7'] });
  await client.setFilter({ deviceIDs: [847] });
  expect(await client.filter()).toEqual({ ...nobody, deviceIDs: [847] });
});

test('F38 a request without a filter sets an empty one', async () => {
  const { client } = await visit();
  await client.setFilter({ allowAll: true });
  await client.call('SetAcceptFilter');
  expect(await client.filter()).toEqual(nobody);
});

test('F40 addresses and subnet masks come back as they were set', async () => {
  const { client } = await visit();
  const filter = { ...nobody, IPAddrs: ['192.168.0.121'], subnetMasks: ['255.255.255.0'] };
  await client.setFilter(filter);
  expect(await client.filter()).toEqual(filter);
});
