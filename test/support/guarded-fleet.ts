import { ConnectionMode } from '../../src/gen/connect_pb.ts';
import { Type } from '../../src/gen/device_pb.ts';
import { emulatedGateway } from './emulated-gateway.ts';
import { type HostOptions, run } from './host.ts';

/** An embedded gateway in the state that `writes` are for, and what restores that state. Not to be called within a test. */
export async function guardedFleet() {
  const device = (deviceID: number, others: object = {}) => ({
    ...{ deviceID, type: Type.BIOSTATION_2, IPAddr: `192.168.0.${deviceID % 256}` },
    ...others,
  });
  const dialsIn = { connectionMode: ConnectionMode.DEVICE_TO_SERVER };
  const emulator = await emulatedGateway({
    fleet: [
      device(846, { IPAddr: '192.168.0.117', rs485SlaveDeviceIDs: [7, 9] }),
      device(540, { IPAddr: '192.168.0.120', useSSL: true, rs485SlaveDeviceIDs: [8] }),
      ...[201, 202, 203, 204].map((end) => device(700 + end, { IPAddr: `192.168.0.${end}` })),
      ...[7, 8].map((deviceID) => device(deviceID, dialsIn)),
    ],
  });
  const gsdk = (argv: readonly string[], { env, ...options }: HostOptions = {}) =>
    run(argv, { ...options, env: { ...emulator.env, ...env } });
  const lines = [
    'connect 192.168.0.117',
    'connect --ssl 192.168.0.120',
    'async add 901@192.168.0.201 902@192.168.0.202 --wait',
    'filter set -f -',
  ];
  const prepare = async () => {
    for (const line of lines) {
      const { exitCode, stderr } = await gsdk(line.split(' '), { stdin: '{"allowAll":false,"deviceIDs":[5,6]}' });
      if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
    }
  };
  const restore = () => {
    emulator.reset();
    return prepare();
  };
  await prepare();
  return { emulator, gsdk, restore };
}
