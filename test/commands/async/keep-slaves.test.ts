import { describe, expect, test } from 'vitest';
import { keepSlaves } from '../../../src/commands/async/keep-slaves.ts';
import type { SlaveDevices } from '../../../src/gateway/gateway.ts';
import type { DeviceResult } from '../../../src/render/results.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { fakeGateway } from '../../support/fake-gateway.ts';
import { run } from '../../support/host.ts';
import { writeCalls } from '../../support/writes.ts';

const fleet = [
  { deviceID: 1, type: 13, IPAddr: '10.0.0.1', rs485SlaveDeviceIDs: [11, 12], wiegandSlaveDeviceIDs: [21] },
  { deviceID: 2, type: 13, IPAddr: '10.0.0.2', rs485SlaveDeviceIDs: [31] },
];

const dropping = await emulatedGateway({ fleet, assumptions: { deleteAsyncDropsSlaves: true } });
const keeping = await emulatedGateway({ fleet, assumptions: { deleteAsyncDropsSlaves: false } });

describe.each([
  ['drops', dropping],
  ['keeps', keeping],
])('where a new entry %s the slaves of its device', (_how, { env, fieldwork }) => {
  const gsdk = (line: string) => run(line.split(' '), { env });
  const slaves = async () => (await gsdk('slave ls -o tsv --no-header')).stdout;
  const both = '1\t11 12\t21\n2\t31\t\n';

  test('one that is found elsewhere has its slaves again, and others keep theirs', async () => {
    await gsdk('async add 1@10.0.0.1 2@10.0.0.2 --wait');
    await gsdk('slave add 1 11 12');
    await gsdk('slave add 1 21 --wiegand');
    await gsdk('slave add 2 31');
    fieldwork.move(1, { IPAddr: '10.0.0.7' });
    expect(await gsdk('async add 1@10.0.0.7 --replace --wait -o ids')).toMatchObject({
      exitCode: 0,
      stdout: '1\n',
      stderr: '',
    });
    expect(await slaves()).toBe(both);
  });

  test('a dry run changes nothing', async () => {
    const { exitCode, stderr } = await gsdk('async add 1@10.0.0.8 --replace --dry-run -v');
    expect({ exitCode, calls: writeCalls(stderr) }).toEqual({ exitCode: 0, calls: [] });
    expect(await slaves()).toBe(both);
  });
});

const before: SlaveDevices = { deviceID: 1, rs485SlaveDeviceIDs: [11], wiegandSlaveDeviceIDs: [] };
const result: DeviceResult = { deviceID: 1, ok: true, changed: true, outcome: 'applied', status: null };

test('one that is not connected yet is told, with its entry as it was wanted', async () => {
  const { gateway } = fakeGateway([]);
  expect(await keepSlaves(gateway, [result], [before])).toMatchObject([
    {
      ...{ deviceID: 1, ok: false, changed: true, outcome: 'applied' },
      failure: {
        message: expect.stringContaining('the slaves that it had were not set again: 1 is not'),
        hint: expect.stringContaining('--wait'),
        outcome: 'applied',
      },
    },
  ]);
});

test('a gateway that is lost meanwhile is told for the device', async () => {
  const { gateway } = fakeGateway([], {
    devices: async () => {
      throw new Error('lost');
    },
  });
  expect(await keepSlaves(gateway, [result], [before])).toMatchObject([{ ok: false, outcome: 'applied' }]);
});

test.each<[string, DeviceResult, SlaveDevices]>([
  ['whose entry was not changed', { ...result, changed: false }, before],
  ['that had none', result, { ...before, rs485SlaveDeviceIDs: [] }],
  ['of which nothing is known', { ...result, deviceID: 2 }, before],
])('nothing is asked for one %s', async (_which, one, slaves) => {
  const { gateway } = fakeGateway([], {
    devices: () => Promise.reject(new Error('nobody is to be asked')),
  });
  expect(await keepSlaves(gateway, [one], [slaves])).toEqual([one]);
});
