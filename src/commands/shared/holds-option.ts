import type { InputContext } from '../../cli/input/input.ts';

/** What help says of `--holds` where devices are let in by other means than a site file. */
export const aboutHeld = 'leave out doors that are held in FILE, as disconnect --hold writes it';

/**
 * Reads which devices are taken out on purpose, and not due yet: nobody is to let them in meanwhile.
 *
 * @param path none are when absent, or if there is no such file yet
 * @throws GsdkError (USAGE) naming file and place for what is no hold
 */
export async function readHeldDevices(path: string | undefined, run: InputContext): Promise<ReadonlySet<number>> {
  if (path === undefined) return new Set();
  const { isDue, readHolds } = await import('../hold/holds-file.ts');
  const holds = [...(await readHolds(path, run))];
  return new Set(holds.filter(([, hold]) => !isDue(hold, Date.now())).map(([deviceID]) => deviceID));
}
