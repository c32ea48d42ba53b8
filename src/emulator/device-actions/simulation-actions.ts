import { ConnectionMode } from '../../gen/connect_pb.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../runtime/event-log.ts';
import type { Simulation } from '../runtime/simulation.ts';
import type { Device } from '../world/device.ts';
import type { World } from '../world/world.ts';
import type { DeviceActions, DeviceSettings, FlapOptions } from './device-actions.ts';

/** What is worked on. */
interface Workplace {
  readonly site: Simulation;
  readonly world: World;
  readonly clock: Clock;
  readonly journal: EventLog;
}

/** The fieldwork on a site. */
export function createDeviceActions({ site, world, clock, journal }: Workplace): DeviceActions {
  const switchRefusal = (deviceID: number, refuses: boolean) => {
    world.device(deviceID).refuses = refuses;
    journal.add({ kind: 'device', deviceID, what: refuses ? 'refuse' : 'accept' });
  };
  /** By the time that it is to come back, somebody may have taken it away. */
  const plugIfThere = (deviceID: number) => {
    if (world.devices.has(deviceID)) site.plug(deviceID);
  };
  const flap = (deviceID: number, { downMs, upMs, count, how = 'fin' }: FlapOptions) => {
    if (!world.devices.has(deviceID)) return;
    site.unplug(deviceID, how);
    clock.after(downMs, () => plugIfThere(deviceID));
    if (count > 1) clock.after(downMs + upMs, () => flap(deviceID, { downMs, upMs, count: count - 1, how }));
  };
  return {
    refuse: (deviceID) => switchRefusal(deviceID, true),
    accept: (deviceID) => switchRefusal(deviceID, false),
    flap(deviceID, options) {
      world.device(deviceID);
      flap(deviceID, options);
    },
    reboot(deviceID, downMs) {
      world.device(deviceID);
      journal.add({ kind: 'device', deviceID, what: 'reboot' });
      site.unplug(deviceID, 'rst');
      clock.after(downMs, () => plugIfThere(deviceID));
    },
    move(deviceID, { IPAddr, port }) {
      site.change(deviceID, 'move', (device) => world.move(deviceID, { IPAddr, port: port ?? device.port }));
    },
    set(deviceID, settings) {
      if (endsSession(world.device(deviceID), settings)) site.change(deviceID, 'set', changeBy(settings, world));
      else {
        changeBy(settings, world)(world.device(deviceID));
        journal.add({ kind: 'device', deviceID, what: 'set' });
      }
    },
    add: (devices) => site.add(devices),
    remove: (deviceID) => site.remove(deviceID),
  };
}

/** Whether a session of before would be another one now; how long a handshake takes matters to the next. */
const endsSession = (device: Device, { handshakeMs: _, ...settings }: DeviceSettings) =>
  Object.entries(settings).some(([name, value]) => device[name as keyof Device] !== value);

/** A device that is to dial in and knows nobody to dial is told the gateway, as the gateway itself would. */
const changeBy =
  (settings: DeviceSettings, { gatewayIPAddr }: World) =>
  (device: Device) => {
    Object.assign(device, settings);
    const isLost = device.connectionMode === ConnectionMode.DEVICE_TO_SERVER && device.serverAddr === '';
    if (isLost) device.serverAddr = gatewayIPAddr;
  };
