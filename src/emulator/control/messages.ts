import { ConnectionMode } from '../../gen/connect_pb.ts';
import { Type } from '../../gen/device_pb.ts';
import { namesOf } from '../input/enum-name.ts';
import type { Simulation } from '../runtime/simulation.ts';
import type { World } from '../world/world.ts';

const typeName = namesOf(Type, 'TYPE');
const modeName = namesOf(ConnectionMode, 'CONNECTION_MODE');

/** The gateway process as it is now. */
export function gatewayMessage({ isUp, gateway }: Simulation) {
  const { managed, statusFeed, gates } = gateway;
  return {
    up: isUp,
    managed: isUp ? managed.all().length : 0,
    subscribers: isUp ? statusFeed.size : 0,
    frozen: isUp && (gates.calls.isShut || gates.streams.isShut),
  };
}

/** A device as it is now; of one that is not there, only that. */
export function deviceMessage({ isUp, gateway }: Simulation, world: World, deviceID: number) {
  const device = world.devices.get(deviceID);
  if (!device) return { deviceID, present: false };
  const { type, IPAddr, port, useSSL, connectionMode, serverAddr, answers, refuses } = device;
  return {
    ...{ deviceID, present: true, IPAddr, port, useSSL, serverAddr, plugged: answers, refuses },
    type: typeName(type),
    connectionMode: modeName(connectionMode),
    connected: isUp && gateway.managed.isConnected(deviceID),
  };
}
