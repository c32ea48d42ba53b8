import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** How large the space for young objects may grow, in bytes: beyond, a watch gets hardly faster. */
const enoughBytes = 8 * 2 ** 20;

/** How many events are told between two looks at it, each of which takes 10 µs. */
const eventsPerLook = 256;

/**
 * Keeps V8 from giving a long run ever more memory for young objects. Where much is made and thrown away that space
 * grows to 32 MB, with Node 24 to 128. Its limit can only be set before a process starts; how it grows, at any time.
 *
 * @returns to be called for each event; looks now and then until it need not any more
 */
export function youngSpaceBound(): () => void {
  let events = 0;
  let isBound = false;
  return () => {
    events++;
    if (isBound || events % eventsPerLook !== 0) return;
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    isBound = young === undefined || young.space_size >= enoughBytes;
    if (isBound) setFlagsFromString('--semi-space-growth-factor=1');
  };
}
