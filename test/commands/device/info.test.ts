import { describe, expect, test } from 'vitest';
import { infoOf } from '../../../src/commands/device/info.ts';
import { infoShape, noCapabilities } from '../../../src/commands/device/info-shape.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import { CapabilityInfoSchema, FactoryInfoSchema } from '../../../src/gen/device_pb.ts';
import { down, fakeGateway, managed } from '../../support/fake-gateway.ts';
import { managedFleet } from '../../support/managed-fleet.ts';

const { gsdk } = await managedFleet();
const info = (words: string[], stdin = '') => gsdk(['device', 'info', ...words], stdin);

test('a row has every field of both messages', () => {
  const wire = [...FactoryInfoSchema.fields, ...CapabilityInfoSchema.fields].map(({ name }) => name);
  expect(infoShape.fields.toSorted()).toEqual([...wire, 'deviceID'].sort());
});

test('connected devices say what they are, by ID', async () => {
  const { exitCode, stdout, stderr } = await info(['--connected', '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const rows = JSON.parse(stdout);
  expect(rows).toMatchObject([
    { deviceID: 540, type: 'BIOSTATION_L2', modelName: 'BIOSTATION_L2', firmwareVersion: '1.1.0' },
    { deviceID: 846, type: 'BIOLITE_N2', MACAddr: '02:17:00:00:03:4e', PINSupported: true },
  ]);
  for (const row of rows) expect(Object.keys(row)).toEqual(infoShape.fields);
});

test('one device is a list of one, and a table for people', async () => {
  expect(JSON.parse((await info(['846', '--json'])).stdout)).toHaveLength(1);
  expect((await info(['-'], '846\n')).stdout).toMatch(/^ID +TYPE +MODEL +FIRMWARE +KERNEL +MAC\n846 +BIOLITE_N2 /);
});

test.each([
  ['one that is not managed', ['900', '--json'], [], 3, /^900 is not managed by 127/],
  ['one of several', ['846', '900', '--json'], [846], 7, /^1 of 2 failed: 900 is not managed/],
])('%s: what answered is printed, then the failure', async (_what, words, ids, code, message) => {
  const { exitCode, stdout, stderr } = await info(words);
  expect(exitCode).toBe(code);
  expect(JSON.parse(stdout).map(({ deviceID }: { deviceID: number }) => deviceID)).toEqual(ids);
  expect(JSON.parse(stderr).error).toMatchObject({ exitCode: code, message: expect.stringMatching(message) });
});

test.each([
  [[], 'no device ID given'],
  [['--connected', '846'], '--connected beside device IDs'],
  [['door'], 'expected a device ID'],
])('%j is refused before anything is sent', async (words, message) => {
  const { exitCode, stdout, stderr } = await info([...words, '--gateway', '127.0.0.1:1']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('an empty list asks nobody, and is 8 if wanted', async () => {
  const nobody = ['--gateway', '127.0.0.1:1', '--json'];
  expect(await info(['-', ...nobody])).toMatchObject({ exitCode: 0, stdout: '[]\n' });
  expect(await info(['-', '--fail-if-empty', ...nobody])).toMatchObject({ exitCode: 8, stdout: '[]\n' });
});

describe('of many devices', () => {
  test('at most eight are asked at a time', async () => {
    let asked = 0;
    let most = 0;
    const { gateway } = fakeGateway(Array.from({ length: 40 }, (_, index) => managed(index + 1)));
    const inner = gateway.info;
    gateway.info = async (deviceID) => {
      most = Math.max(most, ++asked);
      await new Promise(setImmediate);
      asked--;
      return inner(deviceID);
    };
    const { rows, failure } = await infoOf(gateway, undefined);
    expect({ rows: rows.length, most, failure }).toEqual({ rows: 40, most: 8, failure: undefined });
  });

  test('only those are asked that are connected, unless they are named', async () => {
    const { gateway } = fakeGateway([managed(1), down(2)]);
    gateway.info = async (deviceID) => {
      if (deviceID === 1) return { factory: {} as never, capabilities: undefined };
      throw new GsdkError({ class: 'DEVICE', message: '2: Cannot get connection', stage: 'device' });
    };
    expect(await infoOf(gateway, undefined)).toMatchObject({ rows: [{ deviceID: 1 }], failure: undefined });
    expect(await infoOf(gateway, [2])).toMatchObject({ rows: [], failure: { exitCode: 6 } });
    expect(await infoOf(gateway, [2, 1])).toMatchObject({ rows: [{ deviceID: 1 }], failure: { exitCode: 7 } });
  });

  test('one that cannot tell what it can do has null there', async () => {
    const { rows } = await infoOf(fakeGateway([managed(1)]).gateway, [1]);
    expect(rows[0]).toMatchObject({ modelName: 'Model 1', ...noCapabilities });
    expect(noCapabilities).toMatchObject({ maxNumOfUser: null, PINSupported: null });
  });
});
