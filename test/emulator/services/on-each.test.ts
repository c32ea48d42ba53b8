import type { ServiceError } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { defaultBehaviorSwitches } from '../../../src/emulator/fidelity/behavior-switches.ts';
import type { EmulatorOptions } from '../../../src/emulator/index.ts';
import { onEach } from '../../../src/emulator/services/on-each.ts';
import { type Stranger, statusDetails } from '../../support/stranger.ts';
import { steppedClock } from '../support/stepped-clock.ts';
import { startUnixMs, visit, visitor } from '../support/visit.ts';

const [offline, door] = [540092578, 846];
const noConnection = { code: 5, msg: 'Cannot get connection' };

/** An emulator with one device that is connected. */
async function visitConnected(options: EmulatorOptions = {}) {
  const visited = await visit(options);
  await visited.client.connect({ IPAddr: '192.168.0.117' });
  return visited;
}

const enable = (client: Stranger, ...deviceIDs: number[]) => client.multi('EnableSSLMulti', { deviceIDs });

/** How a call failed. */
const failure = (call: Promise<unknown>): Promise<ServiceError> =>
  call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error) => error,
  );

test('F67 what succeeds stands, although another device fails', async () => {
  const { client, world } = await visitConnected();
  await failure(enable(client, offline, door));
  expect(world.device(door).useSSL).toBe(true);
});

test('F67 devices that do not answer are waited for side by side', async () => {
  const clock = steppedClock(startUnixMs);
  const { client, world } = await visit({ clock });
  for (const deviceID of [door, 544114231]) {
    const connecting = client.connect(world.device(deviceID));
    await clock.nextWait();
    clock.advance(5);
    await connecting;
    world.device(deviceID).answers = false;
  }
  const begun = clock.nextWait();
  const failed = failure(enable(client, door, 544114231));
  expect(await begun).toBe(10_000);
  clock.advance(10_000);
  expect(statusDetails(await failed).details[0]?.deviceErrors.map(({ code }) => code)).toEqual([4, 4]);
});

test('F69 F70 any failure fails the call, and the devices are in the status details', async () => {
  const { client } = await visitConnected();
  const error = await failure(enable(client, door, offline, 1));
  expect(error).toMatchObject({ code: 13, details: '2 device(s) failed' });
  expect(statusDetails(error)).toEqual({
    code: 13,
    message: '2 device(s) failed',
    details: [
      {
        type: 'type.googleapis.com/gsdk.err.MultiErrorResponse',
        deviceErrors: [
          { deviceID: offline, ...noConnection },
          { deviceID: 1, ...noConnection },
        ],
      },
    ],
  });
});

test('F69 assumption multiErrorsIn: the call succeeds, and the devices are in its answer', async () => {
  const { client } = await visitConnected({ assumptions: { multiErrorsIn: 'response' } });
  expect(await enable(client, offline, door)).toEqual([{ deviceID: offline, ...noConnection }]);
});

test('F71 assumption multiErrorCode: another code for the call, the same for its devices', async () => {
  const { client } = await visit({ assumptions: { multiErrorCode: 'ABORTED' } });
  const error = await failure(enable(client, offline));
  expect(error).toMatchObject({ code: 10 });
  expect(statusDetails(error)).toMatchObject({ code: 10, details: [{ deviceErrors: [{ code: 5 }] }] });
});

test('F71 the code of a call that failed for a device is INTERNAL', async () => {
  const { client } = await visit();
  expect(await failure(enable(client, offline))).toMatchObject({ code: 13 });
});

test('F72 assumption errTypeName: the name before V1.5', async () => {
  const { client } = await visit({ assumptions: { errTypeName: 'old' } });
  const { details } = statusDetails(await failure(enable(client, offline)));
  expect(details.map(({ type }) => type)).toEqual(['type.googleapis.com/err.MultiErrorResponse']);
});

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('F73 the details of 100 devices arrive', async () => {
  const { client } = await visit();
  const { details } = statusDetails(await failure(enable(client, ...range(100))));
  expect(details[0]?.deviceErrors).toHaveLength(100);
});

test('F73 details that are too large for a client keep that client waiting, and no other', async () => {
  const { client, emulator } = await visit();
  const impatient = visitor({ ...emulator, deadlineMs: 300 });
  expect(await failure(enable(impatient, ...range(5_000)))).toMatchObject({ code: 4 });
  expect(await client.devices()).toEqual([]);
});

test('F73 assumption detailsLimit: as many devices as arrive', async () => {
  const { client } = await visit({ assumptions: { detailsLimit: 'truncate' } });
  const error = await failure(enable(client, ...range(5_000)));
  expect(error).toMatchObject({ code: 13, details: '5000 device(s) failed' });
  const told = statusDetails(error).details[0]?.deviceErrors.map(({ deviceID }) => deviceID) ?? [];
  expect(told.length).toBeGreaterThan(500);
  expect(told).toEqual(range(told.length));
});

test('F73 assumption detailsLimit: no device at all', async () => {
  const { client } = await visit({ assumptions: { detailsLimit: 'drop' } });
  const error = await failure(enable(client, ...range(5_000)));
  expect(statusDetails(error)).toEqual({ code: 13, message: '5000 device(s) failed', details: [] });
});

test('F74 an ID that is given twice is acted on once and told once', async () => {
  const { client } = await visitConnected();
  const error = await failure(enable(client, offline, door, offline, door));
  expect(statusDetails(error).details[0]?.deviceErrors).toEqual([{ deviceID: offline, ...noConnection }]);
});

test('F74 assumption multiDuplicates: it is acted on twice', async () => {
  const { client } = await visitConnected({ assumptions: { multiDuplicates: 'each' } });
  const error = await failure(enable(client, offline, offline));
  expect(statusDetails(error).details[0]?.deviceErrors).toHaveLength(2);
});

test('F75 no IDs are no error', async () => {
  const { client } = await visit();
  expect(await enable(client)).toEqual([]);
});

test('F75 assumption multiEmpty: no IDs are INVALID_ARGUMENT', async () => {
  const { client } = await visit({ assumptions: { multiEmpty: 'INVALID_ARGUMENT' } });
  expect(await failure(enable(client))).toMatchObject({ code: 3 });
});

test('a bug is not told as the failure of a device', async () => {
  const bug = new Error('broken');
  const act = () => Promise.reject(bug);
  await expect(onEach([door], defaultBehaviorSwitches, act)).rejects.toBe(bug);
});
