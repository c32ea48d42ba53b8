import { Status } from '../../../src/gen/connect_pb.ts';
import type { StrangerChange } from '../../support/stranger.ts';

const names = new Map<number, string>(Object.entries(Status).map(([name, status]) => [status, name]));

/** Changes of status in short: `846 TCP_CONNECTED`. */
export const inShort = (changes: readonly StrangerChange[]): string[] =>
  changes.map(({ deviceID, status }) => `${deviceID} ${names.get(status)}`);
