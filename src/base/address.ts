import { isIPv4, isIPv6 } from 'node:net';
import { parseDeviceID } from './device-id.ts';

/** Where a gateway listens. `host` is a name, an IPv4 address, or an IPv6 address without brackets. */
export interface HostPort {
  host: string;
  port: number;
}

/** Where a device listens, and which device is expected there if the user said so. */
export interface DeviceAddress {
  deviceID?: number;
  IPAddr: string;
  port: number;
}

/** The port that a gateway serves gRPC on unless configured otherwise (gateway-behaviour G1). */
export const gatewayPort = 4000;

/** The port that devices listen on unless configured otherwise (gateway-behaviour G2). */
export const devicePort = 51211;

/**
 * Reads the address of a gateway: `name`, `name:4000`, `192.168.0.2:4000`, `::1`, `[::1]:4000`.
 *
 * @returns `undefined` when the text is not such an address
 */
export function parseHostPort(text: string): HostPort | undefined {
  // Looked at first, because Node spends milliseconds on the expression behind isIPv6.
  if (/:.*:/.test(text) && isIPv6(text)) return inUrl({ host: text, port: gatewayPort });
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^[\]:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? gatewayPort : Number(digits);
  if (host === undefined || !isPort(port)) return undefined;
  return (bracketed === undefined ? isHostName(host) : isIPv6(host)) ? inUrl({ host, port }) : undefined;
}

/** Writes a host and a port as one text, IPv6 addresses in brackets. */
export function formatHostPort({ host, port }: HostPort): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Reads the address of a device: `192.168.0.104`, `192.168.0.104:51211`, `544114231@192.168.0.104`.
 * Gateways take IPv4 addresses only (gateway-behaviour F18).
 *
 * @returns `undefined` when the text is not such an address
 */
export function parseDeviceAddress(text: string): DeviceAddress | undefined {
  const [, id, IPAddr, digits] = /^(?:([^@]+)@)?([\d.]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const port = digits === undefined ? devicePort : Number(digits);
  if (IPAddr === undefined || !isIPv4(IPAddr) || !isPort(port)) return undefined;
  if (id === undefined) return { IPAddr, port };
  const deviceID = parseDeviceID(id);
  return deviceID === undefined ? undefined : { deviceID, IPAddr, port };
}

/** Whether the host is this machine itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** The client makes a URL of the address, and some hosts do not fit into one: `gw.1`, `xn--a`, `fe80::1%eth0`. */
const inUrl = (address: HostPort) => (URL.canParse(`https://${formatHostPort(address)}`) ? address : undefined);

const isPort = (port: number) => port >= 1 && port <= 65_535;

/** Digits and dots alone must be a whole IPv4 address, or `300.1.1.1` would pass as a name. */
const isHostName = (host: string) =>
  /^[\d.]+$/.test(host)
    ? isIPv4(host)
    : host.length <= 253 && /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?$/.test(host);
