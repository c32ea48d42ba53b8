import { Document, isCollection, isSeq } from 'yaml';
import type { FleetDevice } from '../world/device.ts';
import { toFleetEntry } from './records.ts';
import { schemaLine } from './start-file.ts';

/** A fleet as a fleet file: a device a line, with what differs from a device as it comes. */
export function toFleetFile(fleet: readonly FleetDevice[]): string {
  const document = new Document({ devices: fleet.map(toFleetEntry) });
  const devices = document.get('devices');
  for (const item of isSeq(devices) ? devices.items : []) if (isCollection(item)) item.flow = true;
  return `${schemaLine}\n${document.toString({ lineWidth: 0 })}`;
}
