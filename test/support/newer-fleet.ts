import type { FleetDevice } from '../../src/emulator/index.ts';

/** Devices of which one has a type and a status that no table knows, one a type with two names, and one dials in. */
export const newerFleet: readonly FleetDevice[] = [
  { deviceID: 4294967295, type: 153, IPAddr: '10.0.0.3', statusWhenConnected: 768 },
  { deviceID: 846, type: 18, IPAddr: '10.0.0.1', useDHCP: true },
  { deviceID: 12, type: 5, IPAddr: '10.0.0.2', useSSL: true, connectionMode: 1, serverAddr: '10.0.0.9' },
];
