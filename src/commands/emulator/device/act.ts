import type { Command } from '@commander-js/extra-typings';
import { toDeviceIDs } from '../../../cli/input/id-list.ts';
import { readInput } from '../../../cli/input/input.ts';
import type { Session } from '../../../cli/session.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import type { Device } from '../../../gen/emulator/control_pb.ts';
import type { Shape } from '../../../render/view.ts';
import { perform, type Step } from '../control/perform.ts';

/** What the commands on devices print: what they are like afterwards. */
export const deviceShape: Shape = {
  isRead: false,
  nullable: ['type', 'IPAddr', 'port', 'useSSL', 'connectionMode', 'serverAddr', 'plugged', 'refuses', 'connected'],
  fields: [
    ...['deviceID', 'present', 'type', 'IPAddr', 'port', 'useSSL', 'connectionMode', 'serverAddr'],
    ...['plugged', 'refuses', 'connected'],
  ],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'type', header: 'TYPE' },
    { field: 'IPAddr', header: 'ADDRESS' },
    { field: 'port', header: 'PORT' },
    { field: 'useSSL', header: 'SSL' },
    { field: 'connectionMode', header: 'MODE' },
    { field: 'plugged', header: 'PLUGGED' },
    { field: 'refuses', header: 'REFUSES' },
    { field: 'connected', header: 'CONNECTED' },
    { field: 'present', header: 'PRESENT', isWide: true },
    { field: 'serverAddr', header: 'SERVER', isWide: true },
  ],
  deviceID: ({ deviceID }) => Number(deviceID),
};

/** A row of a device; of one that is not in the fleet any more no more than that is known. */
export const deviceRow = ({ $typeName: _, $unknown: __, deviceID, present, ...details }: Device) => ({
  deviceID,
  present,
  ...(present
    ? details
    : Object.fromEntries((deviceShape.nullable ?? []).map((field): [string, null] => [field, null]))),
});

/** How devices are named, in help. */
export const aboutDevices = 'IDs, 100-199, 10.0.1.0/24, label=value, group:NAME, @random:N, @all; - for standard input';

/**
 * The devices of a command line: a selector, or the IDs that standard input holds.
 *
 * @throws GsdkError (USAGE) when `-` stands beside others, or a line of standard input is no ID
 */
export async function readDevices(words: readonly string[], session: Session): Promise<string | number[]> {
  if (!words.includes('-')) return words.join(',');
  if (words.length > 1) throw usageError('- beside other devices', 'say one of them');
  return toDeviceIDs(await readInput('-', session));
}

/**
 * Does something at devices, and prints what they are like afterwards. Where standard input names none, nothing is done.
 *
 * @param step without its devices
 */
export const actOn = (command: Command, session: Session, { words, ...step }: Step & { words: readonly string[] }) =>
  session.show(deviceShape, async () => {
    const deviceIDs = await readDevices(words, session);
    if (deviceIDs.length === 0) return { rows: [] };
    const { devices } = await perform(command, session, { ...step, deviceIDs });
    return { rows: devices.map(deviceRow) };
  });
