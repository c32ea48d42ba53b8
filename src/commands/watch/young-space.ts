import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** How large the space for young objects may grow, in bytes: beyond, a watch gets no faster. */
const enoughBytes = 8 * 2 ** 20;

/**
 * Keeps V8 from giving a long run ever more memory for young objects. Where much is made and thrown away that space
 * grows to 32 MB, with Node 24 to 128. Its limit can only be set before a process starts; how it grows, at any time.
 *
 * @returns ends that
 */
export function boundYoungSpace(): () => void {
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (young === undefined || young.space_size < enoughBytes) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  // Looked at after a collection, as it grows at no other time: a watch where nothing happens is not woken up.
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}
