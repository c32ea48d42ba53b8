import type { Command } from '@commander-js/extra-typings';
import { document } from '../cli/help.ts';
import { readDeviceIDs } from '../cli/id-list.ts';
import type { Session } from '../cli/session.ts';
import { notManaged } from '../errors/fleet.ts';
import { type Failure, GsdkError, toGsdkError } from '../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../gateway/gateway.ts';
import { type DeviceResult, resultOf, resultShape } from '../render/results.ts';

/** `gsdk disconnect` */
export const disconnect = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk disconnect 544114231', 'gsdk device ls --connected -o ids | gsdk disconnect - --json'],
    notes:
      'comesBack tells for each device whether it will be connected again without anybody asking, and\n' +
      'stoppedBy what would prevent that: an async connection is dialled again by the gateway, a device\n' +
      'that dials in does so itself.',
    exitCodes: [3, 4, 5, 6, 7, 8, 124],
  });
  command
    .argument('[id...]', 'device IDs, @file, or - for standard input')
    .option('--fail-if-empty', 'end with 8 when the list of IDs is empty')
    .action(async (words, { failIfEmpty }) => {
      const ids = await readDeviceIDs(words, session);
      const empty = { ...resultOf([], session.context), exitCode: failIfEmpty ? 8 : 0 };
      if (ids.length === 0) return session.show(shape, () => empty);
      return session.ask(shape, async (gateway) => {
        const { results, unseen } = await disconnectDevices(gateway, ids);
        const result = resultOf(results, session.context);
        return { ...result, failure: result.failure ?? unseen };
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

/** The most IDs in one call: a larger error trailer does not arrive (gateway-behaviour F73). */
const batchSize = 100;

/**
 * Disconnects devices in batches, and looks at the list of the gateway to see what came of it.
 *
 * @returns a result for each ID, in order; `unseen` when that last look failed
 */
export async function disconnectDevices(
  gateway: Gateway,
  ids: readonly number[],
): Promise<{ results: DeviceResult[]; unseen: GsdkError | undefined }> {
  const before = byID(await gateway.devices());
  const connected = ids.filter((id) => before.get(id)?.connected);
  const failures = new Map<number, Failure>();
  for (let start = 0; start < connected.length; start += batchSize) {
    const batch = connected.slice(start, start + batchSize);
    const error = await gateway.disconnect(batch).then(() => undefined, toGsdkError);
    for (const id of error ? batch : []) failures.set(id, (error as GsdkError).failure);
  }
  const list = await gateway.devices().catch(toGsdkError);
  const unseen = list instanceof GsdkError ? list : undefined;
  const after = list instanceof GsdkError ? undefined : byID(list);
  const results = ids.map((id) => {
    const entry = before.get(id);
    if (!entry) return { ...base(id, false), failure: notManaged(id, gateway.target) };
    const done = entry.connected ? outcomeOf(id, after, failures.get(id)) : base(id, true);
    return { ...done, status: after?.get(id)?.status ?? null, details: returnOf(entry) };
  });
  return { results, unseen };
}

const base = (deviceID: number, ok: boolean): DeviceResult => ({
  deviceID,
  ok,
  changed: false,
  outcome: ok ? 'applied' : 'not-applied',
  status: null,
});

/**
 * What the list shows counts, whatever the call itself said. Without a list an answer that all is done is taken; one
 * that something failed leaves every device of the call unknown, as the others may well be down (gateway-behaviour F36).
 */
function outcomeOf(id: number, after: ReadonlyMap<number, ManagedDevice> | undefined, failure?: Failure): DeviceResult {
  const isSeenDown = after !== undefined && !after.get(id)?.connected;
  if (isSeenDown || (after === undefined && !failure)) return { ...base(id, true), changed: true };
  const unlessSeen = after === undefined ? 'unknown' : 'not-applied';
  if (failure) return { ...base(id, false), outcome: failure.outcome ?? unlessSeen, failure };
  const message = `${id} was disconnected, but is connected still or again`;
  const again = {
    class: 'DEVICE',
    message,
    hint: 'look again: gsdk device get ID',
    stage: 'device',
    outcome: 'unknown',
  } as const;
  return { ...base(id, false), outcome: 'unknown', failure: again };
}

/** Whether a device is connected again by itself (gateway-behaviour F32 to F34). */
function returnOf({ autoReconnect, connectionMode }: ManagedDevice) {
  if (autoReconnect) return { comesBack: true, stoppedBy: 'deleting its async connection' };
  const dialsIn = connectionMode === 'DEVICE_TO_SERVER';
  return { comesBack: dialsIn, stoppedBy: dialsIn ? 'taking it out of the accept filter' : null };
}

const byID = (devices: readonly ManagedDevice[]) => new Map(devices.map((device) => [device.deviceID, device]));
