import type { Command } from '@commander-js/extra-typings';
import { document } from '../cli/help.ts';
import { readDeviceIDs } from '../cli/id-list.ts';
import type { Session } from '../cli/session.ts';
import { notManaged } from '../errors/fleet.ts';
import { type GsdkError, usageError } from '../errors/gsdk-error.ts';
import { actAndLook, devicesByID } from '../gateway/fleet.ts';
import type { Gateway, ManagedDevice } from '../gateway/gateway.ts';
import { type DeviceResult, resultOf, resultShape } from '../render/results.ts';
import { type Goal, judge } from './judge.ts';

/** `gsdk disconnect` */
export const disconnect = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk disconnect 544114231', 'gsdk disconnect --all --dry-run --json'],
    notes:
      'comesBack tells for each device whether it will be connected again without anybody asking, and\n' +
      'stoppedBy the command that would prevent that: an async connection is dialled again by the\n' +
      'gateway, a device that dials in does so itself.',
    output: shape,
    exitCodes: [3, 4, 5, 6, 7, 8, 124],
  });
  command
    .argument('[id...]', 'device IDs, @file, or - for standard input')
    .option('--all', 'every connected device')
    .option('--dry-run', 'only look at what would be done')
    .option('--fail-if-empty', 'end with 8 when the list of IDs is empty')
    .action(async (words, { all, dryRun, failIfEmpty }) => {
      if (all && words.length > 0) throw usageError('--all beside device IDs', 'say one of them');
      const ids = all ? undefined : await readDeviceIDs(words, session);
      const context = { ...session.context, dryRun: dryRun === true };
      const empty = { ...resultOf([], context), exitCode: failIfEmpty ? 8 : 0 };
      if (ids?.length === 0) return session.show(shape, () => empty);
      return session.ask(shape, async (gateway) => {
        const { results, unseen } = await disconnectDevices(gateway, ids, context);
        return resultOf(results, context, unseen);
      });
    });
};

const shape = resultShape(
  ['comesBack', 'stoppedBy'],
  [
    { field: 'comesBack', header: 'COMES BACK' },
    { field: 'stoppedBy', header: 'STOPPED BY', isWide: true },
  ],
);

/** What `disconnectDevices` is told beside the devices. */
export interface DisconnectOptions {
  dryRun: boolean;
}

/**
 * Disconnects devices in batches, and looks at the list of the gateway to see what came of it.
 *
 * @param ids whom; all that are connected when absent
 * @returns a result for each, in order; `unseen` when that last look failed
 */
export async function disconnectDevices(
  gateway: Gateway,
  ids: readonly number[] | undefined,
  { dryRun }: DisconnectOptions,
): Promise<{ results: DeviceResult[]; unseen: GsdkError | undefined }> {
  const before = devicesByID(await gateway.devices());
  const isConnected = (id: number) => before.get(id)?.connected === true;
  const wanted = ids ?? [...before.keys()].filter(isConnected);
  const connected = wanted.filter(isConnected);
  gateway.announce(wanted, { dryRun });
  const look = dryRun ? undefined : await actAndLook(gateway, connected, gateway.disconnect);
  const results = wanted.map((deviceID): DeviceResult => {
    const entry = before.get(deviceID);
    const none: DeviceResult = { deviceID, ok: false, changed: false, outcome: 'not-applied', status: null };
    if (!entry) return { ...none, failure: notManaged(deviceID, gateway.target) };
    const status = (look?.after ?? (look ? undefined : before))?.get(deviceID)?.status ?? null;
    const known = { ...none, status, details: returnOf(entry) };
    if (!entry.connected) return { ...known, ok: true, outcome: 'applied' };
    return look ? { ...known, ...judge(deviceID, look, goal) } : { ...known, ok: true, changed: true };
  });
  return { results, unseen: look?.unseen };
}

const goal: Goal = {
  isMet: (entry) => !entry?.connected,
  unmet: 'was disconnected, but is connected still or again',
};

/** Whether a device is connected again by itself (gateway-behaviour F32 to F34). */
function returnOf({ deviceID, autoReconnect, connectionMode }: ManagedDevice) {
  if (autoReconnect) return { comesBack: true, stoppedBy: `gsdk async rm ${deviceID}` };
  const dialsIn = connectionMode === 'DEVICE_TO_SERVER';
  return { comesBack: dialsIn, stoppedBy: dialsIn ? `gsdk filter rm ${deviceID} --max-lockout 1` : null };
}
