import { type Hold, type Holds, isDue } from '../hold/holds-file.ts';
import type { SiteRecord } from './site-file.ts';

/** A site file beside the holds on its doors. */
export interface HeldSite {
  /** The doors that should be there: all but those that are held, and those that are to be put back. */
  site: readonly SiteRecord[];
  /** The doors that are held: they are nobody's business now. */
  held: ReadonlySet<number>;
  /** The holds that have come to their end. */
  due: readonly Hold[];
}

/** Leaves doors out that are held. One whose hold is due should be there, as the file says or else as it was. */
export function setAside(site: readonly SiteRecord[], holds: Holds, nowMs: number): HeldSite {
  const all = [...holds.values()];
  const held = new Set(all.filter((hold) => !isDue(hold, nowMs)).map(({ record }) => record.deviceID));
  const due = all.filter((hold) => isDue(hold, nowMs));
  const written = new Set(site.map(({ deviceID }) => deviceID));
  const others = due.map(({ record }) => record).filter(({ deviceID }) => !written.has(deviceID));
  return { site: [...site.filter(({ deviceID }) => !held.has(deviceID)), ...others], held, due };
}
