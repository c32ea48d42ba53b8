import { describe, expect, test } from 'vitest';
import {
  countOption,
  durationOption,
  portOption,
  toDeviceAddress,
  toDeviceID,
} from '../../../src/cli/input/option-parsers.ts';

const usage = (message: string) => expect.objectContaining({ exitCode: 2, message });

test('a duration is read as milliseconds', () => {
  expect(durationOption('--timeout')('1.5s')).toBe(1500);
});

test.each(['0s', '5', 'soon', ''])('a duration of %j is refused, by the name of its option', (text) => {
  expect(() => durationOption('--timeout')(text)).toThrow(
    usage(`--timeout: expected a duration of 1ms to 24d with its unit, such as 5s, got "${text}"`),
  );
});

test('a count is taken up to its limit', () => {
  expect([countOption('--repeat', 100)('1'), countOption('--repeat', 100)('100')]).toEqual([1, 100]);
});

test.each(['', '0', '101', '-1', '1.5', '1e1', ' 3', 'many'])('a count of %j is refused', (text) => {
  expect(() => countOption('--repeat', 100)(text)).toThrow(
    usage(`--repeat: expected a number of 1 to 100, got "${text}"`),
  );
});

test.each([
  ['1', 1],
  ['4000', 4000],
  ['65535', 65_535],
])('port %s is taken', (text, port) => {
  expect(portOption('--port')(text)).toBe(port);
});

test.each(['', '0', '65536', '70000', '-1', '4e3', '0x10', ' 80', '80 ', '123456', 'http'])(
  'port %j is refused',
  (text) => {
    expect(() => portOption('--port')(text)).toThrow(usage(`--port: expected a port of 1 to 65535, got "${text}"`));
  },
);

describe('a device ID', () => {
  test('is read', () => {
    expect(toDeviceID('4294967295')).toBe(4_294_967_295);
  });

  test('that is none is refused, with the place where it stands', () => {
    expect(() => toDeviceID('0')).toThrow(usage('expected a device ID of 1 to 4294967295, got "0"'));
    expect(() => toDeviceID('x', 'doors.txt, line 3: ')).toThrow(
      usage('doors.txt, line 3: expected a device ID of 1 to 4294967295, got "x"'),
    );
  });
});

describe('the address of a device', () => {
  test('is read, with the ID before it', () => {
    expect(toDeviceAddress('846@192.168.0.117')).toEqual({ deviceID: 846, IPAddr: '192.168.0.117', port: 51_211 });
  });

  test.each(['door1', '300.1.1.1', '192.168.0.117:0'])('%s is refused, and shows the way to the addresses', (word) => {
    expect(() => toDeviceAddress(word)).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: expect.stringContaining(`got "${word}"`),
        failure: expect.objectContaining({ hint: expect.stringContaining('gsdk search') }),
      }),
    );
  });
});
