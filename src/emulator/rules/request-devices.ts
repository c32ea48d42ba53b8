import { defaultDevicePort } from '../world/device.ts';
import type { World } from '../world/world.ts';

/** In which ways the requests of all methods name devices. */
interface NamingRequest {
  readonly deviceID?: number;
  readonly deviceIDs?: readonly number[];
  readonly connectInfos?: readonly { readonly deviceID: number }[];
  readonly slaveDeviceInfos?: readonly { readonly deviceID: number }[];
  readonly filter?: { readonly deviceIDs: readonly number[] };
  readonly connectInfo?: { readonly IPAddr: string; readonly port: number };
}

/** The devices that a request names, by their IDs or by the address of one that is there. */
export function findRequestDevices(request: object, world: World): number[] {
  const { deviceID, deviceIDs, connectInfos, slaveDeviceInfos, filter, connectInfo }: NamingRequest = request;
  const named = [...(connectInfos ?? []), ...(slaveDeviceInfos ?? [])].map((info) => info.deviceID);
  const { IPAddr = '', port = 0 } = connectInfo ?? {};
  const addressed = world.host(IPAddr)?.get(port || defaultDevicePort)?.deviceID;
  const all = [deviceID, addressed, ...(deviceIDs ?? []), ...named, ...(filter?.deviceIDs ?? [])];
  return [...new Set(all.filter((ID) => ID !== undefined))];
}
