import { expect, test } from 'vitest';
import { inShort } from '../support/status.ts';
import { visit, visitor } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const handshake = 5;
const impatient = 300;

/** An emulator with an asynchronous connection that is up, and a client whose deadlines are short. */
async function visitConnected() {
  const visited = await visit();
  await visited.client.addAsync(door);
  visited.clock.advance(handshake);
  return { ...visited, impatient: visitor({ ...visited.emulator, deadlineMs: impatient }) };
}

test('a frozen gateway takes connections and requests and never answers', async () => {
  const { emulator, client, impatient } = await visitConnected();
  const stream = await client.subscribe();
  emulator.faults.freeze();
  emulator.unplug(846, 'fin');
  await expect(impatient.devices()).rejects.toMatchObject({ code: 4 });
  await expect(impatient.raw('/no.Service/Method', Buffer.alloc(0))).rejects.toMatchObject({ code: 4 });
  await expect(impatient.connect({ IPAddr: 'no address' })).rejects.toMatchObject({ code: 4 });
  expect(stream.received).toEqual([]);
});

test('what a frozen gateway was asked it does when it is thawed', async () => {
  const { emulator, client } = await visitConnected();
  emulator.faults.freeze();
  const connected = client.connect({ IPAddr: '192.168.0.110' });
  emulator.faults.thaw();
  expect(await connected).toBe(939504224);
  expect((await client.devices()).map(({ deviceID }) => deviceID)).toEqual([846, 939504224]);
});

test('an answer that was under way when the gateway froze is held back', async () => {
  const { emulator, clock } = await visitConnected();
  let isWaiting = () => {};
  const waits = new Promise<void>((resolve) => {
    isWaiting = resolve;
  });
  let goOn = () => {};
  clock.wait = () => {
    isWaiting();
    return new Promise<void>((resolve) => {
      goOn = resolve;
    });
  };
  const client = visitor(emulator);
  let isAnswered = false;
  const found = client.search().finally(() => {
    isAnswered = true;
  });
  await waits;
  emulator.faults.freeze();
  goOn();
  await expect(visitor({ ...emulator, deadlineMs: impatient }).devices()).rejects.toMatchObject({ code: 4 });
  expect(isAnswered).toBe(false);
  emulator.faults.thaw();
  expect(await found).toHaveLength(9);
});

test('the changes of a freeze come when it is over, as many as the queue holds', async () => {
  const { emulator, client } = await visitConnected();
  const stream = await client.subscribe(3);
  emulator.faults.freeze();
  emulator.faults.burst({ changes: 10 });
  emulator.faults.thaw();
  expect(inShort(await stream.take(3))).toEqual(['846 DISCONNECTED', '846 TCP_CONNECTED', '846 DISCONNECTED']);
  emulator.faults.burst({ changes: 1 });
  expect(inShort(await stream.take(4)).at(-1)).toBe('846 DISCONNECTED');
});

test('when only the streams are frozen, the list still answers', async () => {
  const { emulator, client } = await visitConnected();
  const stream = await client.subscribe();
  emulator.faults.freeze('streams');
  emulator.unplug(846, 'fin');
  const late = await client.subscribe();
  emulator.plug(846);
  emulator.faults.burst({ changes: 1 });
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
  expect([stream.received, late.received]).toEqual([[], []]);
  emulator.faults.thaw();
  expect(inShort(await stream.take(2))).toEqual(['846 DISCONNECTED', '846 TCP_CONNECTED']);
  expect(late.received).toEqual([]);
});

test('a frozen gateway can be closed, and restarted', async () => {
  const { emulator, client } = await visitConnected();
  const stream = await client.subscribe();
  emulator.faults.freeze();
  const call = expect(client.devices()).rejects.toMatchObject({ code: 14 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  emulator.restartGateway();
  await call;
  expect((await stream.ended).code).toBe(14);
  expect(await client.devices()).toEqual([]);
  emulator.faults.freeze();
  await emulator.close();
});
