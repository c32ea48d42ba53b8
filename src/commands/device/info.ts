import pMap from 'p-map';
import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { combineFailures, notManagedFailure } from '../../errors/combine-failures.ts';
import { type Failure, toGsdkError, usageError } from '../../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../gateway/gateway.ts';
import { indexByDeviceID } from '../../gateway/operations/verified-call.ts';
import type { Result, Row } from '../../render/view.ts';
import { infoShape, noCapabilities } from './info-shape.ts';

/** `gsdk device info` */
export const deviceInfo = defineCommand({
  summary: 'Show model, firmware and capabilities of devices',
  examples: [
    'gsdk device info 846',
    "gsdk device info --connected --json | jq -r '.[] | [.deviceID, .modelName, .firmwareVersion] | @tsv'",
  ],
  description:
    'Each device is asked itself, eight at a time, so it has to be connected. What it can do is null where\n' +
    'the device, or the gateway, is too old to say.',
  output: infoShape,
  exitCodes: [3, 4, 5, 6, 7, 8, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'device IDs, @file, or - for standard input')
      .option('--connected', 'every device with a live connection')
      .option('--fail-if-empty', 'end with 8 when there is no device to ask'),
  run: async ({ session }, words, { connected, failIfEmpty }) => {
    if (connected && words.length > 0) throw usageError('--connected beside device IDs', 'say one of them');
    const ids = connected ? undefined : await readDeviceIDs(words, session);
    const exitCode = failIfEmpty ? 8 : 0;
    if (ids?.length === 0) return session.show(infoShape, () => ({ rows: [], exitCode }));
    return session.ask(infoShape, async (gateway) => {
      const result = await infoOf(gateway, ids);
      return result.rows.length === 0 && !result.failure ? { ...result, exitCode } : result;
    });
  },
});

/** How many devices are asked at the same time. */
const concurrency = 8;

/**
 * Asks devices what they are and what they can do.
 *
 * @param ids whom; all that are connected when absent
 * @returns a row for each that answered, by ID, and what became of the others by the fleet rule
 */
export async function infoOf(gateway: Gateway, ids: readonly number[] | undefined): Promise<Result> {
  const managed = indexByDeviceID(await gateway.devices());
  const wanted = ids ?? [...managed.values()].filter(({ connected }) => connected).map(({ deviceID }) => deviceID);
  const answers = await pMap(wanted, (id) => answerOf(gateway, id, managed.get(id)), { concurrency });
  const rows = answers.map(({ row }) => row).filter((row) => row !== undefined);
  return {
    rows: rows.sort((one, other) => Number(one.deviceID) - Number(other.deviceID)),
    failure: combineFailures(answers.map(({ failure }) => failure)),
  };
}

/** Either of them. */
interface Answer {
  row?: Row;
  failure?: Failure;
}

async function answerOf(gateway: Gateway, deviceID: number, entry: ManagedDevice | undefined): Promise<Answer> {
  if (!entry) return { failure: notManagedFailure(deviceID, gateway.target) };
  return gateway.info(deviceID).then(
    ({ factory, capabilities }) => ({
      row: { deviceID, type: entry.type, ...factory, ...(capabilities ?? noCapabilities) },
    }),
    (error) => ({ failure: toGsdkError(error).failure }),
  );
}
