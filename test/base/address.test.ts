import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHostPort, isLoopback, parseDeviceAddress, parseHostPort } from '../../src/base/address.ts';
import { always } from '../support/always.ts';

const port = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom(1, 4000, 51_211, 65_535));
const label = fc.stringMatching(/^[a-z]([a-z0-9_-]{0,20}[a-z0-9])?$/).filter((text) => !text.startsWith('xn--'));
const hostName = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const host = fc.oneof(hostName, fc.ipV4(), fc.ipV6());

describe('the address of a gateway', () => {
  test('is read as it is written, whatever the host', () => {
    always(fc.record({ host, port }), (address) => expect(parseHostPort(formatHostPort(address))).toEqual(address));
  });

  test('has port 4000 unless it says otherwise', () => {
    always(host, (host) => expect(parseHostPort(host)).toEqual({ host, port: 4000 }));
  });

  test('is one that a URL can hold, or none: the client makes a URL of it', () => {
    const addressLike = fc.stringMatching(/^[a-z0-9._:[\]%-]{1,12}(:\d{1,5})?$/);
    const check = (text: string) => {
      const read = parseHostPort(text);
      expect(read === undefined || URL.canParse(`https://${formatHostPort(read)}`)).toBe(true);
    };
    always(fc.oneof(fc.string(), addressLike, host), check, 2000);
  });

  test.each([
    ['gw1', { host: 'gw1', port: 4000 }],
    ['gw1.example.com:4100', { host: 'gw1.example.com', port: 4100 }],
    ['gw1.example.com.', { host: 'gw1.example.com.', port: 4000 }],
    ['my_gateway', { host: 'my_gateway', port: 4000 }],
    ['192.168.0.2:1', { host: '192.168.0.2', port: 1 }],
    ['::1', { host: '::1', port: 4000 }],
    ['[::1]', { host: '::1', port: 4000 }],
    ['[2001:db8::7]:65535', { host: '2001:db8::7', port: 65_535 }],
    ['::ffff:10.0.0.1', { host: '::ffff:10.0.0.1', port: 4000 }],
  ])('%s is taken', (text, expected) => {
    expect(parseHostPort(text)).toEqual(expected);
  });

  test.each([
    ...['', ':', ':4000', 'gw1:', 'gw1:0', 'gw1:70000', 'gw1:65536', 'gw1:-1', 'gw1:4000:1', 'gw1:4o00', 'gw1:123456'],
    ...['300.1.1.1', '1.2.3', '1.2.3.4.5', '1', '192.168.0.2.', 'gw.1', '[::1', '::1]', '[gw1]:4000', '[]:4000'],
    ...[
      '[127.0.0.1]:4000',
      'https://gw1:4000',
      'gw1/path',
      'user@gw1',
      'gw 1',
      ' gw1',
      'gw1\n',
      '-gw1',
      '.gw1',
      'gw1-',
    ],
    ...['tür', '게이트웨이', `${'a'.repeat(254)}`, '[fe80::1%eth0]:4000', 'fe80::1%eth0', 'xn--a'],
  ])('%j is not taken', (text) => {
    expect(parseHostPort(text)).toBeUndefined();
  });
});

describe('the address of a device', () => {
  const device = { IPAddr: fc.ipV4(), port };

  test('is read as it is written', () => {
    always(fc.record(device), (address) => {
      expect(parseDeviceAddress(`${address.IPAddr}:${address.port}`)).toEqual(address);
    });
  });

  test('is read with the ID before it', () => {
    const deviceID = fc.integer({ min: 1, max: 2 ** 32 - 1 });
    always(fc.record({ deviceID, ...device }), (address) => {
      expect(parseDeviceAddress(`${address.deviceID}@${address.IPAddr}:${address.port}`)).toEqual(address);
    });
  });

  test('has port 51211 unless it says otherwise', () => {
    expect(parseDeviceAddress('192.168.0.104')).toEqual({ IPAddr: '192.168.0.104', port: 51_211 });
    expect(parseDeviceAddress('846@192.168.0.104')).toEqual({
      deviceID: 846,
      IPAddr: '192.168.0.104',
      port: 51_211,
    });
  });

  test.each([
    ...['', '300.1.1.1', '1.2.3', '192.168.0.104:0', '192.168.0.104:70000', '192.168.0.104:', 'door1', 'door1:51211'],
    ...['[::1]:51211', '::1', '0@192.168.0.104', 'x@192.168.0.104', '@192.168.0.104', '1@2@192.168.0.104', '846'],
    ...['4294967296@192.168.0.104', '192.168.0.104/24', ' 192.168.0.104', '192.168.000.104', '192.168.0.104:51211:1'],
  ])('%j is not taken', (text) => {
    expect(parseDeviceAddress(text)).toBeUndefined();
  });
});

describe('this machine itself', () => {
  test.each(['localhost', '127.0.0.1', '127.9.9.9', '::1'])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  test.each(['gw1', '192.168.0.2', '128.0.0.1', '::2', '127.example.com', 'localhost.example.com', '0.0.0.0'])(
    'is not %s',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
