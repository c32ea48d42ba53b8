import { Type } from '../../gen/device_pb.ts';
import { namesOf } from '../input/enum-name.ts';

/** What is fixed by a device's hardware and firmware; the names are those of `FactoryInfo`. */
export interface FactoryInfo {
  readonly MACAddr: string;
  readonly modelName: string;
  readonly firmwareVersion: string;
  readonly kernelVersion: string;
  readonly BSCoreVersion: string;
  readonly boardVersion: string;
}

/** What a device tells of itself: likely values made from its ID and type, always the same, where the fleet gives none. */
export const factoryInfoOf = (device: {
  readonly deviceID: number;
  readonly type: number;
  readonly factoryInfo: Partial<FactoryInfo>;
}): FactoryInfo => ({
  MACAddr: toMACAddr(device.deviceID),
  modelName: modelName(device.type),
  firmwareVersion: `1.${device.deviceID % 7}.${device.deviceID % 5}`,
  kernelVersion: '1.0.0',
  BSCoreVersion: '1.0.0',
  boardVersion: '1.0.0',
  ...device.factoryInfo,
});

const modelName = namesOf(Type, 'TYPE');

/** An address from the block for local use, so that it is nobody's. */
function toMACAddr(deviceID: number): string {
  const bytes = Buffer.from([0x02, 0x17, 0, 0, 0, 0]);
  bytes.writeUInt32BE(deviceID, 2);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
