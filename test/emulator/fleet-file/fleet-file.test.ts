import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { switches } from '../../../src/emulator/assumptions.ts';
import { readFleetFile, readGatewayConfig, toFleetFile } from '../../../src/emulator/fleet-file/fleet-file.ts';
import { numberedFleet } from '../../../src/emulator/fleet-file/numbered.ts';
import { FileError } from '../../../src/emulator/fleet-file/problem.ts';
import { toFleetRow } from '../../../src/emulator/fleet-file/records.ts';
import { fleetSchema } from '../../../src/emulator/fleet-file/schema.ts';
import { startFile } from '../../../src/emulator/fleet-file/start-file.ts';
import { toFleet, tutorialFleet } from '../../../src/emulator/index.ts';
import type { FleetDevice } from '../../../src/emulator/world/device.ts';
import { always } from '../../support/always.ts';
import { visit } from '../support/visit.ts';

const fleetOf = (text: string) => readFleetFile(text, 'fleet.yaml').fleet ?? [];

/** Everything wrong with a file, as it is told. */
function problemsOf(text: string): string[] {
  try {
    readFleetFile(text, 'f');
    return [];
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.problems.map(({ source, line, column, message }) => `${source}:${line}:${column}: ${message}`);
  }
}

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

  test('need no file where nothing is special', () => {
    const fleet = numberedFleet(70_000);
    expect(fleet[0]).toMatchObject({ deviceID: 540_000_001, IPAddr: '10.0.0.1', group: 'devices' });
    expect(fleet.at(-1)).toMatchObject({ deviceID: 540_070_000, IPAddr: '10.1.17.112' });
  });
});

test('the gateway is as the file says', () => {
  const { fleet, ...gateway } = readFleetFile(
    `
gatewayVersion: 1.5
gatewayIPAddr: 10.0.0.254
gatewayConfig: { device_server: { reconnect_interval: 500 }, timeout: { cmd: 100 }, cert: { dir: cert }, log: {} }
assumptions: { deviceRetryMs: 1000, onIdMismatch: adopt, filterDropsLive: true }
devices: []
`,
    'fleet.yaml',
  );
  expect(fleet).toEqual([]);
  expect(gateway).toMatchObject({
    ...{ gatewayVersion: '1.5', gatewayIPAddr: '10.0.0.254' },
    gatewayConfig: { device_server: { reconnect_interval: 500 }, timeout: { cmd: 100 } },
    assumptions: { deviceRetryMs: 1000, onIdMismatch: 'adopt', filterDropsLive: true },
  });
});

test('an emulator starts from it, and plays it', async () => {
  const plan = readFleetFile(
    'gatewayIPAddr: 10.0.0.254\nassumptions: { deviceRetryMs: 7000 }\ndevices:\n' +
      '  - { deviceID: 5, IPAddr: 10.0.0.5, connectionMode: DEVICE_TO_SERVER }\n',
    'fleet.yaml',
  );
  const { client, clock } = await visit(plan);
  await client.setFilter({ deviceIDs: [5] });
  clock.advance(7_000);
  expect(await client.devices()).toMatchObject([{ deviceID: 5, status: 1 }]);
});

describe('what is wrong is told by line and column:', () => {
  test.each([
    [
      'devices:\n  - { deviceID: 0, IPAddr: 10.0.0.1 }',
      'f:2:17: devices[0].deviceID: expected a device ID of 1 to 4294967295, got 0',
    ],
    [
      'devices:\n  - { deviceID: 1, IPAddr: door1 }',
      'f:2:28: devices[0].IPAddr: expected an IPv4 address, got "door1"',
    ],
    ['devices:\n  - deviceID: 1', 'f:2:5: devices[0]: IPAddr is missing'],
    [
      'devices:\n  - { deviceID: 1, IPAddr: 10.0.0.1,\n      useSsl: true }',
      'f:3:7: devices[0].useSsl: unknown key; did you mean useSSL?',
    ],
    [
      'devices:\n  - { deviceID: 1, IPAddr: 10.0.0.1, useSSL: yes }',
      'f:2:46: devices[0].useSSL: expected true or false, got "yes"',
    ],
    [
      'devices:\n  - { deviceID: 1, IPAddr: 10.0.0.1, type: TOASTER }',
      'f:2:44: devices[0].type: expected the name of a type, such as BIOSTATION_3, or TYPE_153 for one that no table knows, got "TOASTER"',
    ],
    [
      'devices:\n  - { deviceID: 1, IPAddr: 10.0.0.1, labels: { "a b": 1 } }',
      'f:2:48: devices[0].labels.a b: expected names without spaces, "=", ":" and "@"',
    ],
    [
      'devices:\n  - { deviceID: 1, IPAddr: 10.0.0.1, handshakeMs: 5s }',
      'f:2:51: devices[0].handshakeMs: expected a whole number of milliseconds, got "5s"',
    ],
    ['devices: []\ngatewayVersion: 1.6', 'f:2:17: gatewayVersion: expected 1.4 or 1.5 or 1.7.1 or 1.9.1, got 1.6'],
    [
      'devices: []\nassumptions: { addAgain: never }',
      'f:2:26: assumptions.addAgain: expected "updates" or "ignored", got "never"',
    ],
    [
      'devices: []\ngatewayConfig:\n  timeout: { cmd: 0 }',
      'f:3:19: gatewayConfig.timeout.cmd: expected a whole number of milliseconds from 1 on, got 0',
    ],
    ['templates: { door: { deviceID: 5 } }\ndevices: []', 'f:1:22: templates.door.deviceID: unknown key'],
    [
      'templates: { door: {} }\ndevices:\n  - { deviceID: 1, IPAddr: 10.0.0.1, template: dor }',
      'f:3:48: devices[0].template: no template "dor"; did you mean door?',
    ],
    [
      'devices:\n  - { deviceID: 1, IPAddr: 10.0.0.1, template: toString }',
      'f:2:48: devices[0].template: no template "toString"',
    ],
    [
      'groups:\n  - { group: g, count: 2, deviceID: 4294967295, IPAddr: 10.0.0.1 }',
      'f:2:37: groups[0].deviceID: 2 device IDs from 4294967295 on go beyond 4294967295',
    ],
    [
      'groups:\n  - { group: g, count: 300, deviceID: 1, IPAddr: 10.0.0.1 }',
      'f:2:50: groups[0].IPAddr: 300 addresses do not fit in 10.0.0.1/24, which ends at 10.0.0.254; in 10.0.0.1/23 they do',
    ],
    ['templates: {}', 'f:1:1: expected devices or groups'],
    ['- deviceID: 1', 'f:1:1: expected keys with values, got [{"deviceID":1}]'],
    ['devices:', 'f:1:9: devices: expected a list of devices, got null'],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test('all of it, in the order of the file', () => {
    const text = 'gatewayVersion: 2\ncolour: red\ndevices:\n  - { deviceID: 1, IPAddr: x, port: 0 }\n';
    expect(problemsOf(text).map((problem) => problem.slice(0, 6))).toEqual(['f:1:17', 'f:2:1:', 'f:4:28', 'f:4:37']);
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

  test('the error says the first, and how many more there are', () => {
    const read = () => readFleetFile('devices:\n  - {}\n', 'fleet.yaml');
    expect(read).toThrow(/^fleet\.yaml:2:5: devices\[0\]: \w+ is missing \(and 1 more\)$/);
  });
});

describe('the schema', () => {
  test('is one, by the schema of schemas', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    expect(ajv.validateSchema(fleetSchema)).toBe(true);
  });

  test('has a word on each key', () => {
    const { properties } = fleetSchema as { properties: Record<string, { description?: string }> };
    for (const [key, { description }] of Object.entries(properties))
      expect([key, description]).not.toContain(undefined);
  });

  test('has all that a device can be, and every switch', () => {
    const { properties } = JSON.parse(JSON.stringify(fleetSchema));
    const device: FleetDevice = { deviceID: 1, type: 1, IPAddr: '10.0.0.1' };
    expect(Object.keys(properties.devices.items.properties)).toEqual(
      expect.arrayContaining(Object.keys(toFleetRow(device))),
    );
    expect(Object.keys(properties.assumptions.properties)).toEqual(Object.keys(switches));
  });
});

describe('the file to begin with', () => {
  test('is a fleet', () => {
    expect(fleetOf(startFile)).toHaveLength(22);
  });

  test('is one too with what stands in comments', () => {
    const whole = startFile.replaceAll(/^#(?=\w| {2})/gm, '');
    const { fleet, ...gateway } = readFleetFile(whole, 'fleet.yaml');
    expect(Object.keys(gateway)).toEqual(['gatewayVersion', 'gatewayConfig', 'assumptions']);
  });
});

describe('a fleet as a file', () => {
  const device: fc.Arbitrary<FleetDevice> = fc.record(
    {
      deviceID: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      type: fc.oneof(fc.constantFrom(8, 35, 47), fc.integer({ min: 100, max: 99_999 })),
      IPAddr: fc.ipV4(),
      name: fc.string({ minLength: 1, unit: 'grapheme' }),
      port: fc.integer({ min: 1, max: 65_535 }),
      useSSL: fc.boolean(),
      connectionMode: fc.constantFrom(0, 1),
      group: fc.string({ minLength: 1 }),
      labels: fc.dictionary(fc.stringMatching(/^[a-z_.-]{1,9}$/), fc.string()),
      handshakeMs: fc.nat(),
      answerMs: fc.nat(),
      answers: fc.boolean(),
      rs485SlaveDeviceIDs: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 }),
    },
    { requiredKeys: ['deviceID', 'type', 'IPAddr'] },
  );
  const fleets = fc.uniqueArray(device, {
    maxLength: 6,
    comparator: (one, other) =>
      one.deviceID === other.deviceID ||
      one.IPAddr === other.IPAddr ||
      (one.rs485SlaveDeviceIDs ?? []).some((slave) => other.rs485SlaveDeviceIDs?.includes(slave)),
  });
  const rows = (fleet: readonly FleetDevice[]) => fleet.map(toFleetRow);

  test('read again is the same fleet, whatever is in it', () => {
    always(fleets, (fleet) => expect(rows(fleetOf(toFleetFile(fleet)))).toEqual(rows(fleet)), 40);
  });

  test('as records read again too', () => {
    always(fleets, (fleet) => {
      const records = rows(fleet).map((fields) => ({ fields: JSON.parse(JSON.stringify(fields)), where: 'x' }));
      expect(rows(toFleet(records))).toEqual(rows(fleet));
    });
  });

  test('has a device a line, and what is as of any device is left out', () => {
    expect(toFleetFile(tutorialFleet.slice(2, 4)).split('\n')).toEqual([
      '# yaml-language-server: $schema=fleet.schema.json',
      'devices:',
      '  - { deviceID: 846, type: BIOLITE_N2, IPAddr: 192.168.0.117 }',
      '  - { deviceID: 939342898, type: BIOSTATION_A2, IPAddr: 192.168.0.121, connectionMode: DEVICE_TO_SERVER, useSSL: true, serverAddr: 192.168.0.2 }',
      '',
    ]);
  });
});

describe('the config.json of a real gateway', () => {
  const real = JSON.stringify(
    {
      cert: { dir: 'cert', ca_cert: 'ca.crt', self_signed: true },
      device_server: { ip: '', port: 6000, ssl_port: 6001, reconnect_interval: 5000, detect_network_interval: 20_000 },
      rpc_server: { ip: 'localhost', port: 4000, max_recv_size: 1000 },
      timeout: { cmd: 100, long_cmd: 20_000, upgrade_cmd: 30_000, input_cmd: 1, face_input_cmd: 1, keep_alive: 32_000 },
      master_gateway: { use: false, ip: '192.168.11.1', port: 4010 },
      log: { level: 3, use_file: false, append_mode: false },
    },
    null,
    2,
  );

  test('is read as it is', () => {
    expect(readGatewayConfig(real, 'config.json')).toEqual({ config: JSON.parse(real), unknown: [] });
  });

  test('may have keys that nobody knows, which are told', () => {
    const { unknown } = readGatewayConfig('{"timeout": {"cmd": 5, "kmd": 6},\n "web": {}}', 'config.json');
    expect(unknown).toMatchObject([
      { line: 1, column: 24, message: 'timeout.kmd: unknown key; did you mean cmd?' },
      { line: 2, column: 2, message: 'web: unknown key' },
    ]);
  });

  test('may not have other values than it can', () => {
    expect(() => readGatewayConfig('{"timeout": {"cmd": "10s"}}', 'config.json')).toThrow(
      'config.json:1:21: timeout.cmd: expected a whole number of milliseconds from 1 on, got "10s"',
    );
  });
});
