import { parseDeviceID } from '../../base/device-id.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { type Input, readInput } from '../../cli/input/input.ts';
import { GsdkError, usageError } from '../../errors/gsdk-error.ts';
import type { AcceptFilter } from '../../gateway/gateway.ts';
import { showChange } from './change.ts';
import { about, lockoutOption } from './options.ts';
import { broadShape as shape } from './shape.ts';

/** `gsdk filter set` */
export const filterSet = defineCommand({
  summary: 'Replace the whole accept filter',
  examples: ['gsdk filter set -f filter.json --dry-run', 'gsdk filter show --json | gsdk filter set -f -'],
  description: 'It takes the document of filter show and replaces the whole filter; allowAll must be in it.',
  output: shape,
  exitCodes: [4, 5, 9, 10, 124],
  parameters: (command) =>
    command
      .requiredOption('-f, --file <FILE>', 'the filter as JSON; - for standard input')
      .option('--max-lockout <N>', about.maxLockout, lockoutOption)
      .option('--dry-run', about.dryRun),
  run: async ({ session }, { file, ...options }) => {
    const filter = parseFilter(await readInput(file, session));
    return showChange(session, shape, { change: () => filter, options, toResults: () => [] });
  },
});

/**
 * Reads a filter as `filter show` prints it.
 *
 * @throws GsdkError USAGE for anything else; UNSUPPORTED for addresses and subnets, which gateways ignore
 */
export function parseFilter({ text, source }: Input): AcceptFilter {
  const { allowAll, deviceIDs: listed, IPAddrs = [], subnetMasks = [], ...others } = parseObject(text, source);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw filterError(`${source}: unknown field "${unknown}"`);
  if (typeof allowAll !== 'boolean') throw filterError(`${source}: expected allowAll, true or false`);
  // Nobody accepted must be written out: a list that was left out by mistake would shut out everybody.
  const deviceIDs = listed ?? (allowAll ? [] : undefined);
  if (!Array.isArray(deviceIDs)) throw filterError(`${source}: expected deviceIDs as a list`);
  const ids = deviceIDs.map((id) => {
    const deviceID = typeof id === 'number' ? parseDeviceID(String(id)) : undefined;
    if (deviceID === undefined) throw filterError(`${source}: expected a device ID, got ${JSON.stringify(id)}`);
    return deviceID;
  });
  for (const list of [IPAddrs, subnetMasks]) if (!Array.isArray(list) || list.length > 0) throw byAddress(source);
  return { allowAll, deviceIDs: [...new Set(ids)], IPAddrs: [], subnetMasks: [] };
}

function parseObject(text: string, source: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    throw filterError(`${source}: not JSON: ${(error as Error).message}`);
  }
  throw filterError(`${source}: expected a JSON object`);
}

const filterError = (message: string) => usageError(message, 'what it should look like: gsdk filter show --json');

const byAddress = (source: string) =>
  new GsdkError({
    class: 'UNSUPPORTED',
    message: `${source}: gateways ignore IPAddrs and subnetMasks, so this filter would let nobody in by them; nothing was sent`,
    hint: 'list device IDs instead',
    stage: 'cli',
  });
