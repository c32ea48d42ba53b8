import { Type } from '../../src/gen/device_pb.ts';
import { emulatedGateway } from './emulated-gateway.ts';
import { run } from './host.ts';

/**
 * An embedded gateway that manages two devices: 846 over TCP, 540 over TLS; 900 is there, but not managed.
 * Not to be called within a test.
 *
 * @param env what `gsdk` is told beside where the gateway is
 */
export async function managedFleet(env: Record<string, string> = {}) {
  const emulator = await emulatedGateway({
    fleet: [
      { deviceID: 846, type: Type.BIOLITE_N2, IPAddr: '192.168.0.117' },
      { deviceID: 540, type: Type.BIOSTATION_L2, IPAddr: '192.168.0.120', useSSL: true },
      { deviceID: 900, type: Type.XPASS_Q2, IPAddr: '192.168.0.152' },
    ],
  });
  const gsdk = (argv: readonly string[], stdin = '') => run(argv, { env: { ...emulator.env, ...env }, stdin });
  const connected = [
    await gsdk(['connect', '192.168.0.117', '-o', 'ids']),
    await gsdk(['connect', '--ssl', '192.168.0.120', '-o', 'ids']),
  ];
  if (connected.some(({ exitCode }) => exitCode !== 0)) throw new Error(`not connected: ${JSON.stringify(connected)}`);
  return { emulator, gsdk };
}
