import { describe, expect, test } from 'vitest';
import { readFleetFile } from '../../../src/emulator/fleet-file/fleet-file.ts';
import { problemsOf } from './support/problems.ts';

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

  test('the error says the first, and how many more there are', () => {
    const read = () => readFleetFile('devices:\n  - {}\n', 'fleet.yaml');
    expect(read).toThrow(/^fleet\.yaml:2:5: devices\[0\]: \w+ is missing \(and 1 more\)$/);
  });
});
