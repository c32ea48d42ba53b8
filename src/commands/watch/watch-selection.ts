import { readAllowList } from '../../cli/input/allow-list.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import type { Session } from '../../cli/session.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { Selection } from '../../gateway/subscription/selection.ts';
import type { WatchOptions } from './options.ts';

/** What is to be watched, and until when: read once, however many gateways there are. */
export interface Wanted {
  selection: Selection;
  untilStatuses: ReadonlySet<string> | undefined;
  /** Devices that should be there. */
  expected: readonly number[];
}

/** @throws GsdkError (USAGE) for a status that there is not, or a list that names no device */
export async function readWanted(options: WatchOptions, session: Session): Promise<Wanted> {
  const { parseEnumNames } = await import('../../cli/access/online.ts');
  const statuses = (text: string | undefined, option: string) =>
    text === undefined ? undefined : new Set(parseEnumNames('status', text, option));
  const expected = (await readIDs(options.expect, '--expect', session)) ?? [];
  const deviceIDs = await readIDs(options.device, '--device', session);
  return {
    expected,
    selection: { deviceIDs: deviceIDs && new Set(deviceIDs), statuses: statuses(options.status, '--status') },
    untilStatuses: statuses(options.untilState, '--until-state'),
  };
}

/** Nobody watches nothing: an empty list is a list that was lost on the way. */
async function readIDs(text: string | undefined, option: string, session: Session): Promise<number[] | undefined> {
  if (text === undefined) return undefined;
  const isFile = text.startsWith('@');
  const ids = isFile ? [...(await readAllowList(text, session))] : await readDeviceIDs(text.split(','), session);
  if (ids.length === 0) throw usageError(`${option}: ${text} names no device`, 'leave it out for all of them');
  return ids;
}
