import { isIPv4 } from 'node:net';

/**
 * So many addresses from a first one on, all in its network and none of them the network's own or its broadcast address.
 * @param first with the network that it is in, `10.1.4.1/22`; /24 unless given
 * @throws RangeError if they do not fit, naming a network in which they would
 */
export function countedAddresses(first: string, count: number): string[] {
  const [address = '', prefix = '24'] = first.split('/');
  const bits = Number(prefix);
  if (!isIPv4(address) || !(bits >= 1 && bits <= 30)) {
    throw new RangeError(`expected an IPv4 address with a network of /1 to /30, got "${first}"`);
  }
  const number = toNumber(address);
  if (number === lowest(number, bits)) throw new RangeError(`${address} is the address of the network ${first} itself`);
  if (!fits(number, count, bits)) {
    const last = toAddress(highest(number, bits) - 1);
    const wider = wide(number, count, bits);
    const hint = wider === undefined ? '' : `; in ${address}/${wider} they do`;
    throw new RangeError(`${count} addresses do not fit in ${address}/${bits}, which ends at ${last}${hint}`);
  }
  return Array.from({ length: count }, (_, index) => toAddress(number + index));
}

const lowest = (address: number, bits: number) => Math.floor(address / 2 ** (32 - bits)) * 2 ** (32 - bits);
const highest = (address: number, bits: number) => lowest(address, bits) + 2 ** (32 - bits) - 1;
const fits = (first: number, count: number, bits: number) => first + count - 1 < highest(first, bits);

function wide(first: number, count: number, bits: number): number | undefined {
  for (let wider = bits - 1; wider >= 1; wider--) {
    if (first > lowest(first, wider) && fits(first, count, wider)) return wider;
  }
  return undefined;
}

const toNumber = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const toAddress = (number: number) => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
