import { formatDuration } from '../../base/duration.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { countOption, durationOption } from '../../cli/input/option-parsers.ts';
import type { FoundDevice, Gateway } from '../../gateway/gateway.ts';
import { findDuplicates, searchRepeatedly } from '../../gateway/operations/search.ts';
import type { Row, Shape } from '../../render/view.ts';
import { parseEnumOption } from '../shared/enum-option.ts';

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

/** `gsdk search` */
export const search = defineCommand({
  summary: 'Find devices in the subnet of the gateway',
  examples: ['gsdk search', "gsdk search --repeat 3 --unmanaged -o json | jq -r '.[] | select(.useSSL) | .deviceID'"],
  description:
    'Answers are broadcasts, and some get lost: --repeat puts several searches together, each as long as\n' +
    '--duration. --duplicates looks at everything that answered, and the other options then choose among\n' +
    'what it found. An ID that answers from two addresses is listed with both.',
  output: shape,
  exitCodes: [4, 5, 8, 124],
  parameters: (command) =>
    command
      .option(
        '--duration <DURATION>',
        'how long the gateway listens for answers; 5s unless given',
        durationOption('--duration'),
      )
      .option(
        '--repeat <N>',
        'search so many times, 1 to 100, and put the answers together',
        countOption('--repeat', 100),
      )
      .option('--type <TYPE>', 'only these types, such as biostation-2; parted by commas; a wrong one lists them all')
      .option('--mode <MODE>', 'only server-to-device or device-to-server')
      .option('--duplicates', 'only devices whose IP address or ID another one has too')
      .option('--unmanaged', 'only devices that the gateway does not manage')
      .option('--fail-if-empty', 'end with 8 when nothing is found'),
  run: async ({ session }, { duration = defaultDurationMs, repeat = 1, type, mode, failIfEmpty, ...options }) => {
    const filter = {
      ...options,
      types: await parseEnumOption('type', type),
      modes: await parseEnumOption('mode', mode),
    };
    return session.ask(shape, async (gateway) => {
      await session.tell(`searching for ${formatDuration(duration * repeat)}`);
      const { devices, isSilent } = await searchRepeatedly(gateway, duration, repeat);
      if (isSilent) await session.warn(nothingAnswered(gateway.target));
      const rows = (await chosen(gateway, devices, filter)).map((device): Row => ({ ...device }));
      return { rows, exitCode: failIfEmpty && rows.length === 0 ? 8 : 0 };
    });
  },
});

/** As long as in the samples of the vendor (gateway-behaviour G6). */
const defaultDurationMs = 5000;

const nothingAnswered = (target: string) =>
  `no device answered ${target}; another gateway on the same host would cause the same, as both need the search port`;

interface Filter {
  duplicates?: true | undefined;
  unmanaged?: true | undefined;
  types: string[] | undefined;
  modes: string[] | undefined;
}

async function chosen(gateway: Gateway, found: readonly FoundDevice[], filter: Filter): Promise<FoundDevice[]> {
  // Listed after the search: a device that was connected meanwhile is managed.
  const managed = new Set(filter.unmanaged && (await gateway.devices()).map(({ deviceID }) => deviceID));
  return (filter.duplicates ? findDuplicates(found) : found).filter(
    ({ deviceID, type, connectionMode }) =>
      !managed.has(deviceID) &&
      (filter.types?.includes(type) ?? true) &&
      (filter.modes?.includes(connectionMode) ?? true),
  );
}
