import { ConnectionMode } from '../../gen/connect_pb.ts';
import type { DeviceSettings } from '../device-actions/device-actions.ts';
import { toFleet } from '../input/fleet-records.ts';
import { count, devices, duration, flag, oneOf, optional, type Reader, text } from '../input/validators.ts';
import type { FleetDevice } from '../world/device.ts';
import { type ActionDefinition, defineAction } from './action.ts';

const how = optional(oneOf('silent', 'fin', 'rst'));
const port = optional(count(1));
const mode = optional(oneOf('SERVER_TO_DEVICE', 'DEVICE_TO_SERVER'));

/** The one device that is meant. */
const device: Reader<number> = (value, context) => {
  const found = devices(typeof value === 'number' ? [value] : value, context);
  const [deviceID] = found;
  if (deviceID !== undefined && found.length === 1) return deviceID;
  throw new RangeError(`${context.place}: expected one device, got ${found.length}`);
};

/** Records of devices, as in a fleet. */
const records: Reader<FleetDevice[]> = (value, { place }) => {
  if (!Array.isArray(value) || value.length === 0) throw new RangeError(`${place}: expected a list of devices`);
  return toFleet(value.map((fields, index) => ({ fields: Object(fields), where: `${place}, number ${index + 1}` })));
};

/** The verbs of what somebody does at devices. */
export const deviceActions: Readonly<Record<string, ActionDefinition>> = {
  unplug: defineAction({ deviceIDs: devices, how }, (emulator, values) => {
    for (const deviceID of values.deviceIDs) emulator.unplug(deviceID, values.how ?? 'silent');
  }),
  plug: defineAction({ deviceIDs: devices }, (emulator, { deviceIDs }) => {
    for (const deviceID of deviceIDs) emulator.plug(deviceID);
  }),
  flap: defineAction(
    { deviceIDs: devices, down: duration, up: duration, count: count(1), how },
    ({ fieldwork }, { deviceIDs, down: downMs, up: upMs, ...others }) => {
      for (const deviceID of deviceIDs) fieldwork.flap(deviceID, { downMs, upMs, ...others });
    },
  ),
  refuse: defineAction({ deviceIDs: devices }, ({ fieldwork }, { deviceIDs }) => {
    for (const deviceID of deviceIDs) fieldwork.refuse(deviceID);
  }),
  accept: defineAction({ deviceIDs: devices }, ({ fieldwork }, { deviceIDs }) => {
    for (const deviceID of deviceIDs) fieldwork.accept(deviceID);
  }),
  reboot: defineAction({ deviceIDs: devices, down: duration }, ({ fieldwork }, { deviceIDs, down }) => {
    for (const deviceID of deviceIDs) fieldwork.reboot(deviceID, down);
  }),
  move: defineAction({ deviceID: device, IPAddr: text, port }, ({ fieldwork }, { deviceID, ...address }) =>
    fieldwork.move(deviceID, address),
  ),
  set: defineAction(
    {
      ...{ deviceIDs: devices, useSSL: optional(flag), connectionMode: mode, serverAddr: optional(text) },
      ...{ serverPort: port, SSLServerPort: port, handshake: optional(duration) },
    },
    ({ fieldwork }, { deviceIDs, handshake: handshakeMs, connectionMode, ...others }) => {
      const settings = given({
        ...others,
        handshakeMs,
        connectionMode: connectionMode && ConnectionMode[connectionMode],
      });
      if (Object.keys(settings).length === 0) throw new RangeError('set: expected a setting, such as "useSSL"');
      for (const deviceID of deviceIDs) fieldwork.set(deviceID, settings);
    },
  ),
  add: defineAction({ devices: records }, ({ fieldwork }, values) => fieldwork.add(values.devices)),
  remove: defineAction({ deviceIDs: devices }, ({ fieldwork }, { deviceIDs }) => {
    for (const deviceID of deviceIDs) fieldwork.remove(deviceID);
  }),
};

const given = (settings: Record<string, unknown>): DeviceSettings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
