import type { Message } from '@bufbuild/protobuf';
import { devicePort, formatHostPort } from '../../base/address.ts';
import type { WriteTarget } from '../gateway.ts';
import type { RpcRequest } from './rpcs.ts';

/** The fields by which requests name the devices that they are for. */
type Subject = Partial<{
  deviceID: number;
  deviceIDs: readonly number[];
  deviceInfo: { deviceID: number };
  connectInfo: { IPAddr: string; port: number };
  connectInfos: readonly { deviceID: number }[];
  slaveDeviceInfos: readonly { deviceID: number }[];
}>;

/** The devices that a request names for itself as a whole. */
export function collectDeviceIDs(request: Message): readonly number[] {
  const { deviceID, deviceIDs } = request as Subject;
  return deviceIDs ?? (deviceID ? [deviceID] : []);
}

/** Whom an answer speaks of: a device, if the request names some, or else the gateway. */
export function toSubject(request: Message): { name: string; isManaged: boolean } | undefined {
  const { deviceInfo } = request as Subject;
  const ids = collectDeviceIDs(request);
  if (ids.length > 1) return { name: `one of ${ids.length} devices`, isManaged: true };
  const name = ids[0] ?? deviceInfo?.deviceID ?? addressOf(request);
  return name === undefined ? undefined : { name: `${name}`, isManaged: true };
}

/** Whom a request is for, each once: devices, those in lists of entries too, and an address. Of slaves the parents. */
export function requestTargets({ message }: RpcRequest): WriteTarget[] {
  const { deviceInfo, connectInfos = [], slaveDeviceInfos = [] } = message as Subject;
  const entries = [...(deviceInfo ? [deviceInfo] : []), ...connectInfos, ...slaveDeviceInfos];
  const address = addressOf(message);
  const named = [...collectDeviceIDs(message), ...entries.map(({ deviceID }) => deviceID)];
  return [...new Set([...named, ...(address === undefined ? [] : [address])])];
}

function addressOf(request: Message): string | undefined {
  const { connectInfo } = request as Subject;
  return connectInfo && formatHostPort({ host: connectInfo.IPAddr, port: connectInfo.port || devicePort });
}
