import { ConnectionMode } from '../../gen/connect_pb.ts';
import { Type } from '../../gen/device_pb.ts';
import type { FleetDevice } from './device.ts';

/** The devices of the vendor's tutorial, and two of newer types: the fleet of an emulator that is given none. */
export const tutorialFleet: readonly FleetDevice[] = [
  { deviceID: 544114231, type: Type.BIOENTRY_W2, IPAddr: '192.168.0.104' },
  { deviceID: 540092578, type: Type.BIOSTATION_L2, IPAddr: '192.168.0.120', useSSL: true },
  { deviceID: 846, type: Type.BIOLITE_N2, IPAddr: '192.168.0.117' },
  {
    deviceID: 939342898,
    type: Type.BIOSTATION_A2,
    IPAddr: '192.168.0.121',
    useSSL: true,
    connectionMode: ConnectionMode.DEVICE_TO_SERVER,
    serverAddr: '192.168.0.2',
  },
  { deviceID: 939504224, type: Type.BIOSTATION_A2, IPAddr: '192.168.0.110' },
  { deviceID: 543664528, type: Type.BIOSTATION_2, IPAddr: '192.168.0.135' },
  { deviceID: 547634389, type: Type.FACESTATION_2, IPAddr: '192.168.0.100', useSSL: true },
  { deviceID: 548130021, type: Type.BIOSTATION_3_MAX, IPAddr: '192.168.0.141', useDHCP: true },
  { deviceID: 545211877, type: Type.XPASS_Q2, IPAddr: '192.168.0.152', useDHCP: true },
];
