import type { FoundDevice, Gateway } from '../gateway.ts';

/** What one or several searches found, by ID. */
export interface SearchResult {
  devices: FoundDevice[];
  /** Whether the gateway reported each time that nothing answered. */
  isSilent: boolean;
}

/**
 * Searches several times and puts the answers together, because broadcasts get lost. A device that answered more
 * than once is there once, as it answered last; an ID that answered from two addresses is there twice.
 */
export async function searchRepeatedly(gateway: Gateway, durationMs: number, rounds: number): Promise<SearchResult> {
  const found = new Map<string, FoundDevice>();
  let isSilent = true;
  for (let round = 0; round < rounds; round++) {
    const answer = await gateway.search(durationMs);
    for (const device of answer.devices) found.set(`${device.deviceID} ${device.IPAddr}`, device);
    isSilent &&= answer.isSilent;
  }
  const devices = [...found.values()].sort((one, other) => one.deviceID - other.deviceID);
  return { devices, isSilent };
}

/** Those devices whose IP address, or whose ID, others have too. Having no address is none to share. */
export function findDuplicates(devices: readonly FoundDevice[]): FoundDevice[] {
  const times = (key: (device: FoundDevice) => unknown) => {
    const counts = new Map<unknown, number>();
    for (const device of devices) counts.set(key(device), (counts.get(key(device)) ?? 0) + 1);
    return (device: FoundDevice) => counts.get(key(device)) ?? 0;
  };
  const withID = times(({ deviceID }) => deviceID);
  const withAddress = times(({ IPAddr }) => IPAddr);
  const hasAddress = ({ IPAddr }: FoundDevice) => IPAddr !== '' && IPAddr !== '0.0.0.0';
  return devices.filter((device) => withID(device) > 1 || (hasAddress(device) && withAddress(device) > 1));
}
