import { defineCommand } from '../../../cli/define-command.ts';
import type { Row, Shape } from '../../../render/view.ts';
import { readFleet } from '../options/fleet-option.ts';

const shape: Shape = {
  isRead: true,
  fields: [
    ...['deviceID', 'name', 'type', 'IPAddr', 'port', 'useSSL', 'useDHCP', 'connectionMode', 'serverAddr'],
    ...['serverPort', 'SSLServerPort', 'rs485SlaveDeviceIDs', 'wiegandSlaveDeviceIDs', 'group', 'labels'],
    ...['factoryInfo', 'answers', 'refuses', 'handshakeMs', 'answerMs', 'statusWhenConnected'],
  ],
  nullable: [
    ...['name', 'port', 'serverAddr', 'serverPort', 'SSLServerPort', 'group', 'labels', 'factoryInfo'],
    ...['handshakeMs', 'answerMs', 'statusWhenConnected'],
  ],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'name', header: 'NAME' },
    { field: 'type', header: 'TYPE' },
    { field: 'IPAddr', header: 'ADDRESS' },
    { field: 'connectionMode', header: 'MODE' },
    { field: 'useSSL', header: 'SSL' },
    { field: 'group', header: 'GROUP' },
    { field: 'labels', header: 'LABELS', cell: ({ labels }) => labelsText(labels as Labels) },
    { field: 'handshakeMs', header: 'HANDSHAKE MS', isWide: true },
    { field: 'answerMs', header: 'ANSWER MS', isWide: true },
  ],
  deviceID: ({ deviceID }) => Number(deviceID),
};

/** `gsdk emulator fleet render` */
export const fleetRender = defineCommand({
  summary: 'Print every device of a fleet file',
  examples: [
    'gsdk emulator fleet render fleet.yaml',
    'gsdk emulator fleet render fleet.yaml --json | jq \'.[] | select(.group == "floors") | .IPAddr\'',
    'gsdk emulator fleet render fleet.yaml -o csv > doors.csv',
  ],
  description:
    'The devices one by one, templates filled in and groups counted up. What is printed as JSON, NDJSON or CSV\n' +
    'is a fleet too, of the same devices; how the gateway is stands in the fleet file alone.',
  output: shape,
  exitCodes: [],
  parameters: (command) => command.argument('<file>', 'a fleet file, or records; - for standard input'),
  run: ({ session }, file) =>
    session.show(shape, async () => {
      const { fleet = [] } = await readFleet(file, session);
      const { toFleetRow } = await import('../../../emulator/index.ts');
      return { rows: fleet.map((device) => toFleetRow(device) as Row) };
    }),
});
type Labels = Readonly<Record<string, string>> | null;

/** As selectors name them. */
const labelsText = (labels: Labels) => Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`);
