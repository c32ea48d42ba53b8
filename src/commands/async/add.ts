import { formatHostPort } from '../../base/address.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { aboutOnly, readAllowList } from '../../cli/input/allow-list.ts';
import { readInput } from '../../cli/input/input.ts';
import { durationOption } from '../../cli/input/option-parsers.ts';
import { parseRecords } from '../../cli/input/records.ts';
import type { Session } from '../../cli/session.ts';
import { type Failure, usageError } from '../../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../gateway/gateway.ts';
import { callAndVerify, indexByDeviceID, type Verification } from '../../gateway/operations/verified-call.ts';
import { createResultShape, type DeviceResult, toResult } from '../../render/results.ts';
import { aboutHeld, readHeldDevices } from '../shared/holds-option.ts';
import { type Goal, toDeviceOutcome } from '../shared/outcome.ts';
import { aboutWait, type ConnectedOptions, toWaitLimitMs, waitUntilConnected } from '../shared/wait-option.ts';
import { distinct, isSameTarget, toWanted, toWantedRecord, type Wanted } from './target.ts';

const shape = createResultShape(['address'], [{ field: 'address', header: 'ADDRESS' }]);

/** `gsdk async add` */
export const asyncAdd = defineCommand({
  summary: 'Add persistent connections',
  examples: ['gsdk async add 544114231@192.168.0.104', 'gsdk search --json | gsdk async add -f - --wait'],
  description:
    'The gateway connects to these devices and, when they are lost, again every 30 s. It answers before\n' +
    'they are connected: a result is ok once the gateway lists the entry, with --wait once the device is\n' +
    'connected. Devices that dial in by themselves are skipped, and with --only whoever is not on that list.\n' +
    'With --replace, a device that had slaves gets them again, for which it has to be connected: give --wait.',
  output: shape,
  exitCodes: [4, 5, 6, 7, 8, 9, 124],
  parameters: (command) =>
    command
      .argument('[device...]', 'ID@IP[:PORT]; port 51211 unless given')
      .option('-f, --file <FILE>', 'records instead: JSON, NDJSON or CSV with a header; - for standard input')
      .option('--ssl', 'the devices given as arguments use SSL')
      .option('--only <LIST>', aboutOnly)
      .option('--holds <FILE>', aboutHeld)
      .option('--replace', 'give a device that is there a new address')
      .option('--wait', aboutWait.wait)
      .option('--timeout <DURATION>', aboutWait.timeout, durationOption('--timeout'))
      .option('--dry-run', 'only look at what would be done')
      .option('--fail-if-empty', 'end with 8 when FILE is empty'),
  run: async ({ session }, words, { file, ssl, only: list, holds, replace, wait, timeout, dryRun, failIfEmpty }) => {
    const limitMs = toWaitLimitMs({ wait, timeout });
    const wanted = await readWanted(words, { file, useSSL: ssl === true }, session);
    const only = list === undefined ? undefined : await readAllowList(list, session, [file ?? '']);
    const held = await readHeldDevices(holds, session);
    const context = { ...session.context, dryRun: dryRun === true };
    const empty = { ...toResult([], context), exitCode: failIfEmpty ? 8 : 0 };
    if (wanted.length === 0) return session.show(shape, () => empty);
    return session.ask(shape, async (gateway) => {
      const waiting = { withinMs: dryRun ? undefined : limitMs, signal: session.signal };
      const options = { only, held, replace: replace === true, ...context, ...waiting };
      const { results, unseen } = await addAndWait(gateway, wanted, options);
      return toResult(results, context, unseen);
    });
  },
});

async function readWanted(
  words: readonly string[],
  { file, useSSL }: { file?: string | undefined; useSSL: boolean },
  session: Session,
) {
  if (file === undefined && words.length === 0) throw usageError('no device given', 'give ID@IP[:PORT], or -f FILE');
  if (file !== undefined && (words.length > 0 || useSSL)) {
    throw usageError('-f beside devices or --ssl', 'each record has its own useSSL; give one or the other');
  }
  if (file === undefined) return distinct(words.map((word) => toWanted(word, useSSL)));
  const wanted = distinct((await parseRecords(await readInput(file, session))).map(toWantedRecord));
  if (wanted.length === 0 || wanted.some(({ dialsIn }) => !dialsIn)) return wanted;
  throw usageError(`${file}: all of these devices dial in by themselves`, 'the gateway cannot connect to them');
}

async function addAndWait(
  gateway: Gateway,
  wanted: readonly Wanted[],
  { withinMs, signal, ...options }: AddOptions & ConnectedOptions,
) {
  const slaves = options.replace && !options.dryRun ? await gateway.slaves() : [];
  const { results, unseen } = await addDevices(gateway, wanted, options);
  const waited = await waitUntilConnected(gateway, results, { withinMs: unseen ? undefined : withinMs, signal });
  const known = { results: waited.results, unseen: unseen ?? waited.unseen };
  if (slaves.length === 0) return known;
  const { keepSlaves } = await import('./keep-slaves.ts');
  return { ...known, results: await keepSlaves(gateway, waited.results, slaves) };
}

/** What `addDevices` is told beside the devices. */
export interface AddOptions {
  /** Whom to add of the devices; the others are skipped. All of them when absent. */
  only?: ReadonlySet<number> | undefined;
  /** Devices that are taken out on purpose, and skipped. */
  held?: ReadonlySet<number>;
  replace: boolean;
  dryRun: boolean;
}

/**
 * Adds async connections in one call, and looks at the list of the gateway to see what came of it.
 *
 * @returns a result for each device, in order; `unseen` when that last look failed
 */
export async function addDevices(gateway: Gateway, wanted: readonly Wanted[], options: AddOptions) {
  const before = indexByDeviceID(await gateway.devices());
  const plans = wanted.map((target) => plan(target, before.get(target.deviceID), options));
  const named = plans.filter(({ result }) => result.outcome !== 'skipped').map(({ target }) => target.deviceID);
  gateway.announce(named, { dryRun: options.dryRun });
  const targets = plans.flatMap(({ isToSend, target }) => (isToSend && !options.dryRun ? [target] : []));
  const look = await send(gateway, targets);
  const results = plans.map(({ result, target, isToSend }): DeviceResult => {
    const status = (look?.after ?? before).get(target.deviceID)?.status ?? null;
    if (!isToSend) return { ...result, status };
    return look
      ? { ...result, status, ...toDeviceOutcome(target.deviceID, look, goalOf(target)) }
      : { ...result, status, ok: true, changed: true };
  });
  return { results, unseen: look?.unseen };
}

/** One call for all of them: it does not answer for each, so no trailer limits it. */
async function send(gateway: Gateway, targets: readonly Wanted[]): Promise<Verification | undefined> {
  if (targets.length === 0) return undefined;
  const ids = targets.map(({ deviceID }) => deviceID);
  const connectInfos = targets.map(({ dialsIn: _, where: __, ...target }) => target);
  return callAndVerify(gateway, ids, () => gateway.addAsync(connectInfos), ids.length);
}

function plan(target: Wanted, entry: ManagedDevice | undefined, { only, held, replace }: AddOptions) {
  const { deviceID, IPAddr, port } = target;
  const address = formatHostPort({ host: IPAddr, port });
  const result: DeviceResult = {
    ...{ deviceID, ok: false, changed: false, outcome: 'not-applied', status: null },
    details: { address },
  };
  const isLeftOut = (only !== undefined && !only.has(deviceID)) || held?.has(deviceID);
  if (isLeftOut || target.dialsIn || entry?.connectionMode === 'DEVICE_TO_SERVER') {
    return { target, isToSend: false, result: { ...result, outcome: 'skipped' as const } };
  }
  const isThere = entry !== undefined && isSameTarget(entry, target);
  if (isThere && entry.autoReconnect)
    return { target, isToSend: false, result: { ...result, ok: true, outcome: 'applied' as const } };
  if (entry === undefined || isThere || replace) return { target, isToSend: true, result };
  const there = `${formatHostPort({ host: entry.IPAddr, port: entry.port })}${entry.useSSL ? ' with SSL' : ''}`;
  const failure: Failure = {
    class: 'CONFLICT',
    message: `${deviceID} is managed at ${there}`,
    hint: 'to give it the new address: --replace',
    stage: 'gateway',
    target: String(deviceID),
  };
  return { target, isToSend: false, result: { ...result, failure } };
}

const goalOf = (target: Wanted): Goal => ({
  isMet: (entry) => entry?.autoReconnect === true && isSameTarget(entry, target),
  unmet: 'was added, but the gateway does not list it so',
});
