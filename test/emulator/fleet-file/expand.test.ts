import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFleetFile } from '../../../src/emulator/fleet-file/fleet-file.ts';
import { always } from '../../support/always.ts';
import { problemsOf } from './support/problems.ts';

const fleetOf = (text: string) => readFleetFile(text, 'fleet.yaml').fleet ?? [];

describe('templates', () => {
  const fleet = fleetOf(`
templates:
  door: { type: BIOSTATION_3, useSSL: true, handshakeMs: 40, labels: { zone: 7, open: false }, factoryInfo: { modelName: X } }
devices:
  - { deviceID: 1, IPAddr: 10.0.0.1, template: door }
  - { deviceID: 2, IPAddr: 10.0.0.2, template: door, useSSL: false, labels: { zone: 8 }, factoryInfo: { MACAddr: "02:00" } }
  - { deviceID: 3, IPAddr: 10.0.0.3 }
`);

  test('fill in what a device does not say', () => {
    expect(fleet[0]).toMatchObject({ type: 35, useSSL: true, handshakeMs: 40, labels: { zone: '7', open: 'false' } });
  });

  test('give way to what it says, labels one by one', () => {
    expect(fleet[1]).toMatchObject({
      ...{ type: 35, useSSL: false, labels: { zone: '8', open: 'false' } },
      factoryInfo: { modelName: 'X', MACAddr: '02:00' },
    });
  });

  test('are not for those that do not name one', () => {
    expect(fleet[2]).toMatchObject({ type: 8, useSSL: false });
    expect(fleet[2]?.labels).toBeUndefined();
  });
});

describe('groups', () => {
  const groupOf = (count: number) =>
    fleetOf(`
templates: { door: { type: XPASS_Q2 } }
groups:
  - { group: doors, count: ${count}, template: door, deviceID: 100, IPAddr: 10.1.0.250/16,
      rs485SlaveDeviceIDs: [9000, 9001], labels: { zone: a } }
`);

  test('are counted up: IDs, addresses and slaves', () => {
    expect(groupOf(8).at(-1)).toMatchObject({
      ...{ deviceID: 107, IPAddr: '10.1.1.1', type: 47, group: 'doors', labels: { zone: 'a' } },
      rs485SlaveDeviceIDs: [9014, 9015],
    });
  });

  test('that grow move nothing', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 300 }));
    always(sizes, ([count, more]) => expect(groupOf(count + more).slice(0, count)).toEqual(groupOf(count)), 20);
  });
});

test('what overlaps, once for each two that do', () => {
  const text = `devices:
  - { deviceID: 103, IPAddr: 10.0.0.3 }
  - { deviceID: 5, IPAddr: 10.0.0.3, port: 51299, rs485SlaveDeviceIDs: [7] }
groups:
  - { group: g, count: 10, deviceID: 100, IPAddr: 10.0.0.1 }
  - { group: h, count: 10, deviceID: 105, IPAddr: 10.0.1.1, wiegandSlaveDeviceIDs: [1] }
  - { group: i, count: 1, deviceID: 999, IPAddr: 10.0.2.1, rs485SlaveDeviceIDs: [10] }
`;
  expect(problemsOf(text)).toEqual([
    'f:5:38: groups[0].deviceID: device 103 is there twice: it is in devices[0] too, line 2',
    'f:5:51: groups[0].IPAddr: 10.0.0.3:51211 is there twice: it is in devices[0] too, line 2',
    'f:6:38: groups[1].deviceID: device 105 is there twice: it is in groups[0] too, line 5',
    'f:6:84: groups[1].wiegandSlaveDeviceIDs: slave 7 is there twice: it is in devices[1] too, line 3',
    'f:7:81: groups[2].rs485SlaveDeviceIDs: slave 10 is there twice: it is in groups[1] too, line 6',
  ]);
});
