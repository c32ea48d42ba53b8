import pMap from 'p-map';
import type { DeviceAddress } from '../../base/address.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { toDeviceAddress } from '../../cli/input/option-parsers.ts';
import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import { decideOutcome } from '../../errors/write-outcome.ts';
import type { Gateway, ManagedDevice } from '../../gateway/gateway.ts';
import { createResultShape, type DeviceResult, toResult } from '../../render/results.ts';
import { distinct, label, labels, otherDevice, planConnections } from './plan-connections.ts';

const shape = createResultShape(['address'], [{ field: 'address', header: 'ADDRESS' }]);

/** `gsdk connect` */
export const connect = defineCommand({
  summary: 'Connect devices synchronously',
  examples: ['gsdk connect 192.168.0.104', 'gsdk connect --ssl 540092578@192.168.0.120 192.168.0.100:51211 -o ids'],
  description:
    'The gateway does not restore such a connection once it is lost. With ID@, another device at the\n' +
    'address is a conflict, and is disconnected again unless the gateway managed it before. --dry-run dials no device: it tells what\n' +
    'the list of the gateway tells.',
  output: shape,
  exitCodes: [4, 5, 6, 7, 9, 124],
  parameters: (command) =>
    command
      .argument('<address...>', '[ID@]IP[:PORT]; port 51211 unless given')
      .option('--ssl', 'the devices use SSL')
      .option('--dry-run', 'only look at what would be done'),
  run: ({ session }, words, { ssl, dryRun }) => {
    const addresses = words.map(toDeviceAddress);
    return session.ask(shape, async (gateway) => {
      if (dryRun) {
        gateway.announce(labels(addresses), { dryRun });
        return toResult(planConnections(addresses, await gateway.devices()), { ...session.context, dryRun });
      }
      const { results, unseen } = await connectDevices(gateway, addresses, ssl === true, session.signal);
      return toResult(results, session.context, unseen);
    });
  },
});
/** How many devices are connected to at the same time. */
const concurrency = 8;

/**
 * Connects to devices, eight at a time, and looks at the list of the gateway to see what came of it.
 *
 * @returns a result for each address, in order, each once; `unseen` when that last look failed
 */
export async function connectDevices(
  gateway: Gateway,
  addresses: readonly DeviceAddress[],
  useSSL: boolean,
  signal: AbortSignal,
): Promise<{ results: DeviceResult[]; unseen: GsdkError | undefined }> {
  gateway.announce(labels(addresses), { dryRun: false });
  const before = await gateway.devices();
  const attempts = await pMap(
    distinct(addresses),
    (address) => {
      const nothing = { ...nothingDone, deviceID: address.deviceID ?? null, details: { address: label(address) } };
      if (signal.aborted)
        return { ...nothing, outcome: 'skipped' as const, failure: toGsdkError(signal.reason).failure };
      return attempt(gateway, { ...address, useSSL }, before).then(
        (done) => ({ ...nothing, ...done }),
        (error) => ({ ...nothing, ...notDone(error) }),
      );
    },
    { concurrency },
  );
  const after = await gateway.devices().catch(toGsdkError);
  if (after instanceof GsdkError) return { results: attempts, unseen: after };
  const look = { before, after };
  return {
    results: attempts.map((result) => (result.ok ? confirmed(result, after) : found(result, look))),
    unseen: undefined,
  };
}

const nothingDone: DeviceResult = { deviceID: null, ok: false, changed: false, outcome: 'not-applied', status: null };

const notDone = (error: unknown): Partial<DeviceResult> => {
  const { failure } = toGsdkError(error);
  return { outcome: failure.outcome ?? 'not-applied', failure };
};

async function attempt(
  gateway: Gateway,
  target: DeviceAddress & { useSSL: boolean },
  before: readonly ManagedDevice[],
) {
  const { deviceID: expected, ...connectInfo } = target;
  const deviceID = await gateway.connect(connectInfo);
  const known = before.find((device) => device.deviceID === deviceID);
  if (expected === undefined || expected === deviceID) {
    return { deviceID, ok: true, changed: !known?.connected, outcome: 'applied' as const };
  }
  const { outcome, told } = known ? kept(known) : await undo(gateway, deviceID);
  throw otherDevice(target, deviceID, told, outcome);
}

/** What became of another device than was expected, one that the gateway managed before: it stays as it is now. */
const kept = ({ connected }: ManagedDevice) =>
  connected
    ? ({ outcome: 'not-applied', told: '' } as const)
    : ({ outcome: 'applied', told: '; it is connected now' } as const);

/** Disconnects a device that nobody wanted, and tells what came of it. */
const undo = (gateway: Gateway, deviceID: number) =>
  gateway.disconnect([deviceID]).then(
    () => ({ outcome: 'not-applied' as const, told: '; it was disconnected again' }),
    (error) => ({
      outcome: 'unknown' as const,
      told: `; disconnecting it again failed: ${toGsdkError(error).message}`,
    }),
  );

/** A connection is reported only if the gateway lists it; its answer alone is not enough. */
function confirmed(result: DeviceResult, after: readonly ManagedDevice[]): DeviceResult {
  const entry = after.find(({ deviceID }) => deviceID === result.deviceID);
  const status = entry?.status ?? null;
  if (entry?.connected) return { ...result, status };
  const message = `${result.deviceID} was connected, but the gateway now ${entry ? `shows it as ${status}` : 'does not list it'}`;
  const failure = {
    class: 'DEVICE',
    message,
    hint: 'look again: gsdk device ls',
    stage: 'device',
    outcome: 'unknown',
  } as const;
  return { ...result, ok: false, outcome: 'unknown', status, failure };
}

/** A call that failed may have connected the device all the same: what the list shows counts. */
function found(
  result: DeviceResult,
  { before, after }: { before: readonly ManagedDevice[]; after: readonly ManagedDevice[] },
) {
  const { failure, ...rest } = result;
  // A conflict without a status of the gateway is ours: another device answered, and that is dealt with.
  const isOurs = failure?.class === 'CONFLICT' && failure.code === undefined;
  if (failure === undefined || isOurs || result.outcome === 'skipped') return result;
  const isThere = (device: ManagedDevice) => device.connected && label(device) === result.details?.address;
  const entry = before.some(isThere) ? undefined : after.find(isThere);
  const isAnother = entry !== undefined && result.deviceID !== null && entry.deviceID !== result.deviceID;
  if (entry === undefined || isAnother) {
    const decided = decideOutcome(failure, isAnother ? undefined : false);
    return { ...result, outcome: decided.outcome, failure: decided };
  }
  const { deviceID, status } = entry;
  return { ...rest, deviceID, status, ok: true, changed: true, outcome: 'applied' as const };
}
