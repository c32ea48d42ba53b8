import { beforeEach, describe, expect, test, vi } from 'vitest';
import { dialInChange } from '../../../src/commands/mode/dial-in.ts';
import { dialOutChange } from '../../../src/commands/mode/dial-out.ts';
import { surroundings } from '../../../src/commands/rollout/context.ts';
import { rollOut } from '../../../src/commands/rollout/roll-out.ts';
import { reconnectChange } from '../../../src/commands/ssl/reconnect.ts';
import { toEndpoint } from '../../../src/config/endpoint.ts';
import { resolveConfiguration } from '../../../src/config/resolve.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../../src/gateway/gateway.ts';
import { openGateway } from '../../../src/gateway/open-gateway.ts';
import type { DeviceSetting } from '../../../src/gateway/operations/device-setting.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const device = { deviceID: 1, type: 13, IPAddr: '10.0.0.1', rs485SlaveDeviceIDs: [11] };
const emulator = await emulatedGateway({ fleet: [device] });
const ignoring = await emulatedGateway({ fleet: [device], assumptions: { addAgain: 'ignored', deviceRetryMs: 100 } });
const { signal } = new AbortController();
const ssl: DeviceSetting = { field: 'useSSL', value: true };
const noSsl: DeviceSetting = { field: 'useSSL', value: false };
const dialsIn: DeviceSetting = { field: 'connectionMode', value: 'DEVICE_TO_SERVER' };
const isDialled: DeviceSetting = { field: 'connectionMode', value: 'SERVER_TO_DEVICE' };

const open = async ({ env } = emulator) => openGateway(toEndpoint(resolveConfiguration({}, env), env), { signal });
const killed = new GsdkError({ class: 'UNREACHABLE', message: 'killed', stage: 'transport', outcome: 'unknown' });
const writes = [
  'connect',
  'disconnect',
  'addAsync',
  'deleteAsync',
  'setFilter',
  'setSlaves',
  'setMode',
  'setSsl',
] as const;

/** A gateway behind which nothing works any more once so many writes were made; each write is told when it is done. */
function mortal(
  gateway: Gateway,
  { lives, isBlind }: { lives: number; isBlind: boolean },
  onWrite: (name: string) => Promise<void>,
): Gateway {
  let left = lives;
  const isWrite = (name: string) => (writes as readonly string[]).includes(name);
  return new Proxy(gateway, {
    get(target, name: keyof Gateway) {
      const member = target[name];
      if (typeof member !== 'function' || name === 'announce') return member;
      if (name === 'search' && isBlind) return async () => ({ devices: [], isSilent: true });
      return async (...args: never[]) => {
        if (left <= 0) throw killed;
        if (isWrite(name)) left--;
        const answer = await (member as (...all: never[]) => Promise<unknown>).apply(target, args);
        if (isWrite(name)) await onWrite(name);
        return answer;
      };
    },
  });
}

async function runChange(gateway: Gateway, setting: DeviceSetting) {
  const around = await surroundings(gateway, { setting, withinMs: 5000, signal });
  const changes = { SERVER_TO_DEVICE: dialOutChange, DEVICE_TO_SERVER: dialInChange };
  const change = setting.field === 'useSSL' ? reconnectChange(around) : await changes[setting.value](around);
  const options = { batchSize: 10, maxFailed: 0, dryRun: false, signal };
  return rollOut(gateway, [1], { change, options });
}

/** Whether the device and the gateway would find each other, were the session of now to end. */
async function hasWayIn(gateway: Gateway, { world } = emulator) {
  const own = world.device(1);
  const entry = (await gateway.devices()).find(({ deviceID }) => deviceID === 1);
  if (entry?.connected) return true;
  const { allowAll, deviceIDs } = await gateway.filter();
  if (own.connectionMode === 1) return allowAll || deviceIDs.includes(1);
  return entry?.autoReconnect === true && entry.useSSL === own.useSSL && entry.IPAddr === own.IPAddr;
}

/** How the device is connected before, what is asked for, and how it must be in the end. */
const cases: [
  string,
  { before(gateway: Gateway): Promise<unknown>; setting: DeviceSetting; after: Partial<ManagedDevice>; gap: string[] },
][] = [
  [
    'ssl enable --reconnect of an async connection',
    {
      before: (gateway) => gateway.addAsync([{ deviceID: 1, IPAddr: '10.0.0.1', port: 51_211, useSSL: false }]),
      setting: ssl,
      after: { status: 'TLS_CONNECTED', useSSL: true, autoReconnect: true },
      gap: ['setSsl'],
    },
  ],
  [
    'ssl enable --reconnect of an ordinary connection',
    {
      before: (gateway) => gateway.connect({ IPAddr: '10.0.0.1', port: 51_211, useSSL: false }),
      setting: ssl,
      after: { status: 'TLS_CONNECTED', useSSL: true, autoReconnect: false },
      gap: ['setSsl'],
    },
  ],
  [
    'ssl enable --reconnect of a device that dials in',
    {
      before: (gateway) => toDialIn(gateway),
      setting: ssl,
      after: { status: 'TLS_CONNECTED', useSSL: true, connectionMode: 'DEVICE_TO_SERVER' },
      gap: [],
    },
  ],
  [
    'mode set device-to-server --reconnect of an async connection',
    {
      before: (gateway) => gateway.addAsync([{ deviceID: 1, IPAddr: '10.0.0.1', port: 51_211, useSSL: false }]),
      setting: dialsIn,
      after: { status: 'TCP_CONNECTED', connectionMode: 'DEVICE_TO_SERVER', autoReconnect: false, port: 0 },
      gap: [],
    },
  ],
  [
    'mode set device-to-server --reconnect of an ordinary connection',
    {
      before: (gateway) => gateway.connect({ IPAddr: '10.0.0.1', port: 51_211, useSSL: false }),
      setting: dialsIn,
      after: { status: 'TCP_CONNECTED', connectionMode: 'DEVICE_TO_SERVER', autoReconnect: false },
      gap: [],
    },
  ],
  [
    'mode set server-to-device --reconnect of a device that dials in',
    {
      before: (gateway) => toDialIn(gateway),
      setting: isDialled,
      after: { status: 'TCP_CONNECTED', connectionMode: 'SERVER_TO_DEVICE', autoReconnect: true, port: 51_211 },
      gap: [],
    },
  ],
];

async function toDialIn(gateway: Gateway) {
  await gateway.setFilter({ allowAll: false, deviceIDs: [1], IPAddrs: [], subnetMasks: [] });
  await gateway.connect({ IPAddr: '10.0.0.1', port: 51_211, useSSL: false });
  await gateway.setMode([1], 'DEVICE_TO_SERVER');
  await gateway.disconnect([1]).catch(() => {});
  await expect.poll(() => gateway.devices()).toMatchObject([{ connected: true, connectionMode: 'DEVICE_TO_SERVER' }]);
}

beforeEach(() => {
  vi.stubEnv('TMPDIR', temporaryFolder());
});

describe.each(cases)('%s', (_name, { before, setting, after, gap }) => {
  async function site(target = emulator) {
    Object.assign(target.world.device(1), { useSSL: false, connectionMode: 0 });
    target.restartGateway();
    const gateway = await open(target);
    await before(gateway);
    await expect.poll(() => gateway.devices()).toMatchObject([{ deviceID: 1, connected: true }]);
    await gateway.setSlaves([{ deviceID: 1, rs485SlaveDeviceIDs: [11], wiegandSlaveDeviceIDs: [] }]);
    return gateway;
  }

  async function expectDone(gateway: Gateway, isOut = setting === isDialled) {
    expect(await gateway.devices()).toMatchObject([{ deviceID: 1, connected: true, ...after }]);
    expect(await gateway.slaves()).toMatchObject([{ deviceID: 1, rs485SlaveDeviceIDs: [11] }]);
    if (isOut) expect((await gateway.filter()).deviceIDs).toEqual([]);
  }

  test('ends with the device connected the new way, its slaves restored; the same again changes nothing', async () => {
    const gateway = await site();
    expect(await runChange(gateway, setting)).toMatchObject([
      { deviceID: 1, ok: true, changed: true, outcome: 'applied', status: after.status },
    ]);
    await expectDone(gateway);
    const names: string[] = [];
    const again = await runChange(
      mortal(gateway, { lives: 99, isBlind: false }, async (name) => void names.push(name)),
      setting,
    );
    expect(again).toMatchObject([{ ok: true, changed: false }]);
    expect(names).toEqual([]);
    gateway.close();
  });

  const lives = [0, 1, 2, 3, 4, 5, 6].flatMap((count) => [
    { lives: count, isBlind: false },
    { lives: count, isBlind: true },
  ]);
  test.each(lives)('killed, run again, it finishes, and no way in goes before its time: %j', async (fate) => {
    const gateway = await site();
    const withoutWayIn: string[] = [];
    const watch = async (name: string) => {
      if (!(await hasWayIn(gateway))) withoutWayIn.push(name);
    };
    const first = await runChange(mortal(gateway, fate, watch), setting).catch((error) => error);
    if (Array.isArray(first) && !first[0].ok) expect(first[0].failure).toBeDefined();
    expect(await runChange(mortal(gateway, { ...fate, lives: 99 }, watch), setting)).toMatchObject([{ ok: true }]);
    await expectDone(gateway);
    expect(withoutWayIn.filter((name) => !gap.includes(name))).toEqual([]);
    gateway.close();
  });
});

test('an entry that a gateway does not update is taken out and added anew', async () => {
  Object.assign(ignoring.world.device(1), { useSSL: false, connectionMode: 0 });
  const gateway = await open(ignoring);
  await gateway.addAsync([{ deviceID: 1, IPAddr: '10.0.0.1', port: 51_211, useSSL: false }]);
  await expect.poll(() => gateway.devices()).toMatchObject([{ connected: true }]);
  expect(await runChange(gateway, ssl)).toMatchObject([{ ok: true, status: 'TLS_CONNECTED' }]);
  expect(await runChange(gateway, noSsl)).toMatchObject([{ ok: true, status: 'TCP_CONNECTED' }]);
  gateway.close();
});
