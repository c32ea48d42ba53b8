import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import type { Row, Shape } from '../../../render/view.ts';
import { readFleet } from '../options/fleet-option.ts';

/** `gsdk emulator fleet render` */
export const fleetRender = (command: Command, session: Session) => {
  document(command, {
    examples: [
      'gsdk emulator fleet render fleet.yaml',
      'gsdk emulator fleet render fleet.yaml --json | jq \'.[] | select(.group == "floors") | .IPAddr\'',
      'gsdk emulator fleet render fleet.yaml -o csv > doors.csv',
    ],
    notes:
      'The devices one by one, templates filled in and groups counted up. What is printed as JSON, NDJSON or CSV\n' +
      'is a fleet too, of the same devices; how the gateway is stands in the fleet file alone.',
    output: shape,
    exitCodes: [],
  });
  command.argument('<file>', 'a fleet file, or records; - for standard input').action((file) =>
    session.show(shape, async () => {
      const { fleet = [] } = await readFleet(file, session);
      const { toFleetRow } = await import('../../../emulator/index.ts');
      return { rows: fleet.map((device) => toFleetRow(device) as Row) };
    }),
  );
};

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

type Labels = Readonly<Record<string, string>> | null;

/** As selectors name them. */
const labelsText = (labels: Labels) => Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`);
