import { isIPv4 } from 'node:net';
import { ConnectionMode } from '../../gen/connect_pb.ts';
import type { FactoryInfo } from './factory-info.ts';

/** The port on which devices listen unless told otherwise (gateway-behaviour G2, F17). */
export const defaultDevicePort = 51211;
/** The port on which a gateway takes plain connections of devices that dial in (G2, F45). */
export const defaultServerPort = 51212;
/** The port on which it takes their TLS connections (G2, F45). */
export const defaultSSLServerPort = 51213;

/**
 * How a device goes off the network: `fin` closes its session in order, `rst` resets it, and either way the gateway
 * knows at once; `silent` is a cable that is cut, and the gateway has to notice (gateway-behaviour F66).
 */
export type LinkLoss = 'fin' | 'rst' | 'silent';

/** A device as a fleet describes it; what is left out gets the factory setting. */
export interface FleetDevice {
  readonly deviceID: number;
  /** What people call it; nothing in the emulator goes by it. */
  readonly name?: string;
  /** A number of `gsdk.device.Type`, or one that no table knows: it is passed on as it is. */
  readonly type: number;
  /** The device's IPv4 address. */
  readonly IPAddr: string;
  /** Default 51211. */
  readonly port?: number;
  /** Whether the device speaks TLS, and nothing else (F52). Default false. */
  readonly useSSL?: boolean;
  /** A number of `gsdk.connect.ConnectionMode`. Default SERVER_TO_DEVICE (F01). */
  readonly connectionMode?: number;
  /**
   * The address that the device dials in DEVICE_TO_SERVER mode; only if it is the emulated gateway's, it gets
   * anywhere. Default: the emulated gateway's in that mode, otherwise empty.
   */
  readonly serverAddr?: string;
  /** The port that it dials without SSL. Default 51212, where the gateway listens (F45). */
  readonly serverPort?: number;
  /** The port that it dials with SSL. Default 51213, where the gateway listens (F45). */
  readonly SSLServerPort?: number;
  /** Default false. */
  readonly useDHCP?: boolean;
  /** Devices that are attached by RS-485 and registered, so that they can be set as slaves (F58). Default none. */
  readonly rs485SlaveDeviceIDs?: readonly number[];
  /** The same by Wiegand. Default none. */
  readonly wiegandSlaveDeviceIDs?: readonly number[];
  /** What somebody who selects devices can go by: `zone=7`. Default none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The group that the device was made with, for those who select devices. Default none. */
  readonly group?: string;
  /** What the device tells of itself. Default: values made from its ID and type, always the same. */
  readonly factoryInfo?: Partial<FactoryInfo>;
  /** False for a device that has no power or no cable: it answers nobody. Default true. */
  readonly answers?: boolean;
  /** True for a device that answers and refuses to be dialled; it still dials in. Default false. */
  readonly refuses?: boolean;
  /** How long the device takes to open a session when it is dialled, in emulated milliseconds. Default 5. */
  readonly handshakeMs?: number;
  /** How long it takes to answer a command, in emulated milliseconds. Default 0. */
  readonly answerMs?: number;
  /**
   * The status shown while the device is connected, instead of TCP_CONNECTED or TLS_CONNECTED: any number,
   * so that a gateway newer than every table can be played.
   */
  readonly statusWhenConnected?: number;
}

/**
 * A virtual device: what belongs to the device itself and therefore outlives the gateway process (F56).
 * Its settings can be changed while the emulator runs; a session that is open is not ended by that, and a device
 * that is to dial in begins when it is plugged in again.
 */
export interface Device extends Required<Omit<FleetDevice, 'statusWhenConnected' | 'group' | 'name'>> {
  readonly group: string | undefined;
  useSSL: boolean;
  connectionMode: number;
  serverAddr: string;
  serverPort: number;
  SSLServerPort: number;
  answers: boolean;
  refuses: boolean;
  handshakeMs: number;
  statusWhenConnected: number | undefined;
}

/**
 * Fills in the factory settings.
 * @param gatewayIPAddr the gateway that a device dials if it is not told otherwise
 * @throws RangeError for an ID that is not a uint32 above zero, an address that is not IPv4, or an impossible port
 */
export function toDevice(fleetDevice: FleetDevice, gatewayIPAddr: string): Device {
  const device = {
    port: defaultDevicePort,
    useSSL: false,
    connectionMode: 0,
    serverAddr: fleetDevice.connectionMode === ConnectionMode.DEVICE_TO_SERVER ? gatewayIPAddr : '',
    serverPort: defaultServerPort,
    SSLServerPort: defaultSSLServerPort,
    useDHCP: false,
    factoryInfo: {},
    rs485SlaveDeviceIDs: [],
    wiegandSlaveDeviceIDs: [],
    labels: {},
    group: undefined,
    answers: true,
    refuses: false,
    handshakeMs: 5,
    answerMs: 0,
    statusWhenConnected: undefined,
    ...fleetDevice,
  };
  const { deviceID, IPAddr, port } = device;
  if (!isWithin(deviceID, 2 ** 32 - 1))
    throw new RangeError(`expected a device ID of 1 to 4294967295, got ${deviceID}`);
  if (!isIPv4(IPAddr)) throw new RangeError(`device ${deviceID}: expected an IPv4 address, got "${IPAddr}"`);
  if (!isWithin(port, 65535)) throw new RangeError(`device ${deviceID}: expected a port of 1 to 65535, got ${port}`);
  return device;
}

const isWithin = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
