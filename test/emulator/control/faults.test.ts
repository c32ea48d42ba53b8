import { expect, test } from 'vitest';
import { controlled } from '../support/controlled.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };

test('a rule that is added takes hold, and is over when it is removed', async () => {
  const { ask, client } = await controlled();
  const rule = { effect: 'refuse', deviceIDs: '846' };
  expect(await ask('AddFaults', { rules: [rule] })).toEqual({ faults: [{ id: 'rule-1', rule }] });
  await expect(client.connect(door)).rejects.toMatchObject({ code: 14, details: expect.stringContaining('refused') });
  expect(await ask('ListFaults')).toEqual({ faults: [{ id: 'rule-1', fired: 1, matched: 1, rule }] });
  expect(await ask('RemoveFaults', { ids: ['rule-1'] })).toMatchObject({ faults: [{ id: 'rule-1', fired: 1 }] });
  expect(await client.connect(door)).toBe(846);
  expect(await ask('ListFaults')).toEqual({});
});

test('of several rules all are put in force, or none; so with removing', async () => {
  const { ask, call } = await controlled();
  const rules = [{ id: 'one', effect: 'hang', rpc: 'SearchDevice' }, { effect: 'explode' }];
  expect(await call('AddFaults', { rules })).toMatchObject({ status: 400, body: { code: 'invalid_argument' } });
  expect(await ask('ListFaults')).toEqual({});
  await ask('AddFaults', { rules: rules.slice(0, 1) });
  expect(await call('RemoveFaults', { ids: ['one', 'two'] })).toMatchObject({ status: 404 });
  expect((await ask('ListFaults')).faults).toHaveLength(1);
  expect(await ask('RemoveFaults', { all: true })).toMatchObject({ faults: [{ id: 'one' }] });
  expect(await ask('RemoveFaults', { all: true })).toEqual({});
});

test.each([
  ['AddFaults', { rules: [] }],
  ['AddFaults', { rules: [{ effect: 'refuse', deviceIDs: [] }] }],
  ['RemoveFaults', {}],
  ['RemoveFaults', { ids: ['one'], all: true }],
])('%s of %j is refused', async (method, body) => {
  const { call } = await controlled();
  expect(await call(method, body)).toMatchObject({ status: 400, body: { code: 'invalid_argument' } });
});
