import type { Command } from '@commander-js/extra-typings';
import { formatDuration } from '../base/duration.ts';
import { durationOption } from '../cli/arguments.ts';
import { document } from '../cli/help.ts';
import type { Session } from '../cli/session.ts';
import type { FoundDevice } from '../gateway/gateway.ts';
import type { Row, Shape } from '../render/view.ts';
import { enumFilter } from './enum-filter.ts';

/** `gsdk search` */
export const search = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk search', "gsdk search --duration 10s -o json | jq -r '.[] | select(.useSSL) | .deviceID'"],
    exitCodes: [4, 5, 8, 124],
  });
  command
    .option(
      '--duration <DURATION>',
      'how long the gateway listens for answers; 5s unless given',
      durationOption('--duration'),
    )
    .option('--type <TYPE>', 'only these types, such as biostation-2; parted by commas; a wrong one lists them all')
    .option('--mode <MODE>', 'only server-to-device or device-to-server')
    .option('--fail-if-empty', 'end with 8 when nothing is found')
    .action(async ({ duration = defaultDurationMs, type, mode, failIfEmpty }) => {
      const [types, modes] = [await enumFilter('type', type), await enumFilter('mode', mode)];
      return session.ask(shape, async (gateway) => {
        await session.tell(`searching for ${formatDuration(duration)}`);
        const { devices, isSilent } = await gateway.search(duration);
        if (isSilent) await session.warn(nothingAnswered);
        const rows = devices.filter((device) => isWanted(device, types, modes)).map((device): Row => ({ ...device }));
        return { rows, exitCode: failIfEmpty && rows.length === 0 ? 8 : 0 };
      });
    });
};

/** As long as in the samples of the vendor (gateway-behaviour G6). */
const defaultDurationMs = 5000;

const nothingAnswered =
  'no device answered; another gateway on the same host would cause the same, as both need the search port';

const isWanted = (device: FoundDevice, types: string[] | undefined, modes: string[] | undefined) =>
  (types?.includes(device.type) ?? true) && (modes?.includes(device.connectionMode) ?? true);

const shape: Shape = {
  isRead: true,
  fields: ['deviceID', 'type', 'useDHCP', 'connectionMode', 'IPAddr', 'port', 'useSSL', 'serverAddr'],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'type', header: 'TYPE' },
    { field: 'IPAddr', header: 'ADDRESS', cell: ({ IPAddr, port }) => `${IPAddr}:${port}` },
    { field: 'connectionMode', header: 'MODE' },
    { field: 'useSSL', header: 'SSL' },
    { field: 'useDHCP', header: 'DHCP', isWide: true },
    { field: 'serverAddr', header: 'SERVER', isWide: true },
  ],
  deviceID: ({ deviceID }) => Number(deviceID),
};
