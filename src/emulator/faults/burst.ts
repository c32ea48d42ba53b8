import type { Clock } from '../clock/clock.ts';
import type { EmulatedGateway } from '../gateway-process/device-gateway.ts';
import { dial } from '../gateway-process/dial.ts';
import type { BurstOptions } from './faults.ts';

/** How often a burst that has a rate goes on, in emulated milliseconds. */
const intervalMs = 10;

/**
 * Makes links blip: each device in turn loses its session, and has it again the next time. Only asynchronous
 * connections can, as others leave the list with their session; once there is none that can, the burst is over.
 *
 * @param gateway asked anew each time, as it may be restarted meanwhile; undefined while none runs
 */
export function burst(clock: Clock, gateway: () => EmulatedGateway | undefined, options: BurstOptions): void {
  const { changes, perSecond = Number.POSITIVE_INFINITY } = options;
  const startMs = clock.now();
  let made = 0;
  const goOn = () => {
    const due = Math.min(changes, Math.ceil(((clock.now() - startMs + intervalMs) * perSecond) / 1000));
    const running = gateway();
    const blips = running ? blip(running, options, { from: made, until: due }) : 0;
    made += blips;
    if (made < changes && made === due) clock.after(intervalMs, goOn);
  };
  goOn();
}

/** Makes the changes numbered from `from` to below `until`; returns how many it could make. */
function blip(gateway: EmulatedGateway, { deviceIDs }: BurstOptions, { from, until }: { from: number; until: number }) {
  const { managed } = gateway;
  const wanted = deviceIDs ?? managed.all().map(({ deviceID }) => deviceID);
  const able = wanted.filter((deviceID) => managed.get(deviceID)?.autoReconnect && canBeReached(gateway, deviceID));
  if (able.length === 0) return 0;
  for (let number = from; number < until; number++) toggle(gateway, able[number % able.length] as number);
  return until - from;
}

function canBeReached({ world, managed }: EmulatedGateway, deviceID: number): boolean {
  const entry = managed.get(deviceID);
  const device = entry && dial(world, entry);
  return typeof device === 'object' && device.deviceID === deviceID;
}

function toggle({ world, managed, sessions }: EmulatedGateway, deviceID: number): void {
  if (managed.isConnected(deviceID)) sessions.end(deviceID);
  else sessions.open(world.device(deviceID), managed.get(deviceID)?.useSSL ?? false);
}
