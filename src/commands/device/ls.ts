import { defineCommand } from '../../cli/define-command.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { ManagedDevice } from '../../gateway/gateway.ts';
import { parseEnumOption } from '../shared/enum-option.ts';
import { deviceRow, deviceShape } from './shape.ts';

/** `gsdk device ls` */
export const deviceLs = defineCommand({
  summary: 'List managed devices',
  examples: ['gsdk device ls', 'gsdk device ls --down -o ids'],
  output: deviceShape,
  exitCodes: [4, 5, 8, 124],
  parameters: (command) =>
    command
      .option('--connected', 'only devices with a live connection')
      .option('--down', 'only devices without one')
      .option(
        '--status <STATUS>',
        'only these statuses, such as tls-connected; parted by commas; a wrong one lists them all',
      )
      .option('--mode <MODE>', 'only server-to-device or device-to-server')
      .option('--async', 'only async connections, which the gateway itself dials again')
      .option('--fail-if-empty', 'end with 8 when there is no such device'),
  run: async ({ session }, { status, mode, failIfEmpty, ...options }) => {
    if (options.connected && options.down) throw usageError('--connected beside --down', 'say one of them');
    const [statuses, modes] = [await parseEnumOption('status', status), await parseEnumOption('mode', mode)];
    const filter = { ...options, statuses, modes };
    return session.ask(deviceShape, async (gateway) => {
      const devices = (await gateway.devices()).filter((device) => isWanted(device, filter));
      return { rows: devices.map(deviceRow), exitCode: failIfEmpty && devices.length === 0 ? 8 : 0 };
    });
  },
});

interface Filter {
  connected?: true | undefined;
  down?: true | undefined;
  statuses: string[] | undefined;
  modes: string[] | undefined;
  async?: true | undefined;
}

const isWanted = (device: ManagedDevice, { connected, down, statuses, modes, async }: Filter) =>
  (!connected || device.connected) &&
  (!down || !device.connected) &&
  (statuses?.includes(device.status) ?? true) &&
  (modes?.includes(device.connectionMode) ?? true) &&
  (!async || device.autoReconnect);
