import { describe, expect, test } from 'vitest';
import { distinct, toWanted, toWantedRecord } from '../../../src/commands/async/target.ts';

const where = 'doors.csv, line 3';
const record = (fields: Record<string, unknown>) => toWantedRecord({ fields, where });
const gate = { deviceID: 846, IPAddr: '192.168.0.117', port: 51_211, useSSL: false };
const wanted = { ...gate, dialsIn: false, where };
const usage = (message: string) => expect.objectContaining({ exitCode: 2, message });

describe('a word', () => {
  test('is an ID, an address and perhaps a port', () => {
    expect(toWanted('846@192.168.0.117', false)).toEqual({ ...wanted, where: '846@192.168.0.117' });
    expect(toWanted('846@192.168.0.117:80', true)).toMatchObject({ port: 80, useSSL: true });
  });

  test.each(['192.168.0.117', '846', '846@', '846@gate', '0@10.0.0.1', '846@10.0.0.1:0', '846@10.0.0.256', ''])(
    '%j is refused',
    (word) => expect(() => toWanted(word, false)).toThrow(usage(expect.stringContaining(`got "${word}"`))),
  );
});

describe('a record', () => {
  test.each([
    ['of texts', { deviceID: '846', IPAddr: '192.168.0.117', port: '51211', useSSL: 'FALSE' }],
    ['with what it must have', { deviceID: 846, IPAddr: ' 192.168.0.117 ' }],
    ['with empty cells', { deviceID: '846', IPAddr: '192.168.0.117', port: '', useSSL: '', connectionMode: '' }],
    ['with nulls', { ...gate, port: null, useSSL: null, connectionMode: null }],
    ['in a mode in which it is dialled', { ...gate, connectionMode: 'server-to-device' }],
    ['with other fields', { ...gate, name: 'gate', status: 'DISCONNECTED', rs485SlaveDeviceIDs: [1] }],
  ])('%s is taken', (_what, fields) => {
    expect(record(fields)).toEqual(wanted);
  });

  test.each(['true', 'True', true])('useSSL may be %j', (useSSL) => {
    expect(record({ ...gate, useSSL }).useSSL).toBe(true);
  });

  test.each(['DEVICE_TO_SERVER', 'device-to-server'])('of a device that dials in (%s) needs no address', (mode) => {
    const fields = { deviceID: 846, IPAddr: '', port: 0, connectionMode: mode };
    expect(record(fields)).toMatchObject({ deviceID: 846, dialsIn: true });
  });

  test.each([
    ['without an ID', { IPAddr: '10.0.0.1' }, 'expected a deviceID of 1 to 4294967295'],
    ['with the ID 0', { ...gate, deviceID: 0 }, 'expected a deviceID of 1 to 4294967295, got 0'],
    ['with a list as its ID', { ...gate, deviceID: [846] }, 'expected a deviceID of 1 to 4294967295, got [846]'],
    ['with a fraction as its ID', { ...gate, deviceID: 1.5 }, 'expected a deviceID of 1 to 4294967295, got 1.5'],
    ['without an address', { deviceID: 1 }, 'expected an IPv4 address as IPAddr'],
    ['with a name', { ...gate, IPAddr: 'gate' }, 'expected an IPv4 address as IPAddr, got "gate"'],
    ['with a formula', { ...gate, IPAddr: "'=1" }, 'expected an IPv4 address as IPAddr, got "\'=1"'],
    ['with the port 0', { ...gate, port: 0 }, 'expected a port of 1 to 65535, got 0'],
    ['with a port too large', { ...gate, port: '65536' }, 'expected a port of 1 to 65535, got "65536"'],
    ['with a port that is none', { ...gate, port: '0x50' }, 'expected a port of 1 to 65535, got "0x50"'],
    ['with half a port', { ...gate, port: 1.5 }, 'expected a port of 1 to 65535, got 1.5'],
    ['with yes for useSSL', { ...gate, useSSL: 'yes' }, 'expected true or false as useSSL, got "yes"'],
    ['with 1 for useSSL', { ...gate, useSSL: 1 }, 'expected true or false as useSSL, got 1'],
    ['with a list for useSSL', { ...gate, useSSL: [true] }, 'expected true or false as useSSL, got [true]'],
    [
      'with a mode that nobody knows',
      { ...gate, connectionMode: 'dial' },
      'expected SERVER_TO_DEVICE or DEVICE_TO_SERVER as connectionMode, got "dial"',
    ],
  ])('%s is refused, by its place', (_what, fields, message) => {
    expect(() => record(fields)).toThrow(usage(`${where}: ${message}`));
  });

  test('with a value of any length is refused in a line that fits a screen', () => {
    const refuse = () => record({ ...gate, IPAddr: 'x'.repeat(1_000_000) });
    expect(refuse).toThrow(usage(expect.stringMatching(/^doors\.csv, line 3: .{200,300}$/)));
  });
});

describe('a device that is given twice', () => {
  test('the same is one, at its first place', () => {
    const other = { ...wanted, deviceID: 7 };
    expect(distinct([wanted, other, { ...wanted, where: 'line 9' }])).toEqual([wanted, other]);
  });

  test.each([
    ['at another address', { IPAddr: '192.168.0.118' }],
    ['at another port', { port: 1 }],
    ['with another SSL flag', { useSSL: true }],
    ['once dialling in', { dialsIn: true }],
  ])('%s is refused, by both places', (_what, change) => {
    expect(() => distinct([wanted, { ...wanted, ...change, where: 'line 9' }])).toThrow(
      usage(`line 9: device 846 was given before, and not the same: ${where}`),
    );
  });
});
