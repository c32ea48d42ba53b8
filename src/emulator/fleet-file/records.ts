import { ConnectionMode } from '../../gen/connect_pb.ts';
import { Type } from '../../gen/device_pb.ts';
import { namesOf } from '../input/enum-name.ts';
import type { FleetDevice } from '../world/device.ts';

const typeName = namesOf(Type, 'TYPE');
const modeName = namesOf(ConnectionMode, 'CONNECTION_MODE');

/** What a record says where a device says nothing. */
const unsaid = {
  name: null,
  port: null,
  useSSL: false,
  useDHCP: false,
  connectionMode: ConnectionMode.SERVER_TO_DEVICE,
  serverAddr: null,
  serverPort: null,
  SSLServerPort: null,
  rs485SlaveDeviceIDs: [],
  wiegandSlaveDeviceIDs: [],
  group: null,
  labels: null,
  factoryInfo: null,
  answers: true,
  refuses: false,
  handshakeMs: null,
  answerMs: null,
  statusWhenConnected: null,
};

/** A device of a fleet as a record, enums by name: it makes the same device again. */
export function toFleetRow(device: FleetDevice) {
  const { deviceID, type, IPAddr, connectionMode, ...others } = { ...unsaid, ...device };
  return { deviceID, type: typeName(type), IPAddr, connectionMode: modeName(connectionMode), ...others };
}

/** The same, but for what is as of any device. */
export function toFleetEntry(device: FleetDevice): Readonly<Record<string, unknown>> {
  const { type: _, ...any } = toFleetRow({ deviceID: 0, type: 0, IPAddr: '' });
  const asAny: Readonly<Record<string, unknown>> = any;
  const entries = Object.entries(toFleetRow(device));
  return Object.fromEntries(entries.filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(asAny[key])));
}
