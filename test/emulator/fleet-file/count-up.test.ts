import { BlockList } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countedAddresses } from '../../../src/emulator/fleet-file/count-up.ts';
import { always } from '../../support/always.ts';

test('addresses are counted up, over the ends of bytes', () => {
  expect(countedAddresses('10.1.0.254/16', 4)).toEqual(['10.1.0.254', '10.1.0.255', '10.1.1.0', '10.1.1.1']);
  expect(countedAddresses('192.168.0.1', 2)).toEqual(['192.168.0.1', '192.168.0.2']);
});

const address = fc.tuple(...Array(4).fill(fc.integer({ min: 0, max: 255 }))).map((bytes) => bytes.join('.'));
const wanted = fc.record({ address, bits: fc.integer({ min: 1, max: 30 }), count: fc.integer({ min: 1, max: 400 }) });

/** Addresses of a network, by Node's own reading of it. */
function membersOf(network: string, bits: number) {
  const list = new BlockList();
  list.addSubnet(network, bits, 'ipv4');
  return list;
}

test('they are all of the network, each once, in order; or there is a network in which they are', () => {
  always(wanted, ({ address, bits, count }) => {
    try {
      const addresses = countedAddresses(`${address}/${bits}`, count);
      expect(addresses).toHaveLength(count);
      expect(new Set(addresses).size).toBe(count);
      expect(addresses[0]).toBe(address);
      const members = membersOf(address, bits);
      expect(addresses.every((one) => members.check(one))).toBe(true);
    } catch (error) {
      const [, wider] = /; in [\d.]+\/(\d+) they do$/.exec((error as Error).message) ?? [];
      if (wider) expect(countedAddresses(`${address}/${wider}`, count)).toHaveLength(count);
      else expect((error as Error).message).toMatch(/itself$|which ends at/);
    }
  });
});

test.each([
  ['10.0.0.1/24', 255, '255 addresses do not fit in 10.0.0.1/24, which ends at 10.0.0.254; in 10.0.0.1/23 they do'],
  ['10.0.0.200', 56, '56 addresses do not fit in 10.0.0.200/24, which ends at 10.0.0.254; in 10.0.0.200/23 they do'],
  ['10.0.0.0/8', 1, '10.0.0.0 is the address of the network 10.0.0.0/8 itself'],
  ['255.255.255.254/30', 2, '2 addresses do not fit in 255.255.255.254/30, which ends at 255.255.255.254'],
  ['10.0.0.1/31', 1, 'expected an IPv4 address with a network of /1 to /30, got "10.0.0.1/31"'],
  ['10.0.0.300', 1, 'expected an IPv4 address with a network of /1 to /30, got "10.0.0.300"'],
])('%s does not take %d', (first, count, message) => {
  expect(() => countedAddresses(first, count)).toThrow(message);
});

test('254 addresses are what a network of 24 bits has', () => {
  expect(countedAddresses('10.0.0.1/24', 254).at(-1)).toBe('10.0.0.254');
});
