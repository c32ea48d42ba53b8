import { existsSync } from 'node:fs';
import { writeFileAtomically } from '../../base/atomic-file.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { readInput } from '../../cli/input/input.ts';
import type { Session } from '../../cli/session.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { slaveFields } from '../../gateway/operations/slave-change.ts';
import { type OutputFormat, renderers } from '../../render/index.ts';
import type { Shape } from '../../render/view.ts';
import { readHolds } from '../hold/holds-file.ts';
import { exported, refuseShrinking } from './build-site.ts';
import { readLive } from './gateway-state.ts';
import { aboutSite } from './options.ts';
import { type SiteRecord, siteRow, toSite } from './site-file.ts';

const shape: Shape = {
  isRead: true,
  format: 'json',
  nullable: ['useSSL'],
  fields: ['deviceID', 'name', 'connectionMode', 'IPAddr', 'port', 'useSSL', ...slaveFields],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'name', header: 'NAME' },
    { field: 'connectionMode', header: 'MODE' },
    { field: 'IPAddr', header: 'ADDRESS', cell: ({ IPAddr, port }) => (IPAddr === '' ? '' : `${IPAddr}:${port}`) },
    { field: 'useSSL', header: 'SSL' },
    { field: slaveFields[0], header: 'RS485 SLAVES' },
    { field: slaveFields[1], header: 'WIEGAND SLAVES' },
  ],
  deviceID: ({ deviceID }) => Number(deviceID),
};

/** `gsdk export` */
export const siteExport = defineCommand({
  summary: 'Export the state of the gateway to a site file',
  examples: ['gsdk export --out site.csv', 'gsdk export -o csv > site.csv'],
  description:
    'A site file has a record for each door that the gateway keeps: async connections, devices that dial in,\n' +
    'and those that the accept filter lists. It is what check and apply compare with, and what a gateway\n' +
    'forgets when it is restarted. --out takes the format from the ending of FILE: .csv, .ndjson, else JSON.\n' +
    'Names, and what the gateway cannot tell of doors that are away, are kept from the FILE that is there; if\n' +
    'a door or its slaves would be lost from it, nothing is written (9). With --holds, doors that are taken out on\n' +
    'purpose stay in it, as the file has them or as they were.',
  output: shape,
  exitCodes: [4, 5, 9, 124],
  parameters: (command) =>
    command
      .option('--out <FILE>', 'write it there, whole or not at all, instead of printing it')
      .option('--holds <FILE>', aboutSite.holds)
      .option('--allow-shrink', 'let doors and slaves that the gateway does not know go from FILE'),
  run: async ({ session }, { out, holds: path, allowShrink }) => {
    refuseOddFile(out, allowShrink);
    const old = out !== undefined && existsSync(out) ? await toSite(await readInput(out, session)) : [];
    const holds = await readHolds(path, session);
    const read = async () => {
      const { site, left } = await session.online(async (gateway) => exported(await readLive(gateway), old, holds));
      if (left.length > 0) await session.warn(leftOut(left));
      return site;
    };
    if (out === undefined) return session.show(shape, async () => ({ rows: (await read()).map(siteRow) }));
    const format = formatFor(out, session);
    const site = await read();
    if (!allowShrink) refuseShrinking(old, site, out);
    await write(out, format, site);
    session.ending = { exitCode: 0 };
    return session.tell(`${out}: ${site.length} doors`);
  },
});

function refuseOddFile(out: string | undefined, allowShrink: true | undefined): void {
  if (out === '-') throw usageError('--out - is no file', 'leave it out: then the site is printed');
  if (out === undefined && allowShrink) throw usageError('--allow-shrink without --out', 'it is about a file');
}

const leftOut = (ids: readonly number[]) =>
  `${ids.length} with a synchronous connection only, which the gateway would not make again, left out: ` +
  `${ids.slice(0, 10).join(', ')}${ids.length > 10 ? ', ...' : ''}; to keep them: gsdk async add`;

function formatFor(path: string, session: Session): OutputFormat {
  const { value, source } = session.configuration.output;
  const [, ending = ''] = /\.(\w+)$/.exec(path) ?? [];
  const format = source === 'default' ? ({ csv: 'csv', ndjson: 'ndjson', jsonl: 'ndjson' }[ending] ?? 'json') : value;
  if (format === 'json' || format === 'ndjson' || format === 'csv') return format;
  throw usageError(`-o ${format} is no form of a site file`, 'one of: json, ndjson, csv');
}

async function write(path: string, format: OutputFormat, site: readonly SiteRecord[]): Promise<void> {
  const render = await renderers[format].load();
  const pieces = render({ ...shape, result: { rows: site.map(siteRow) } }, { isColored: false, hasHeader: true });
  try {
    writeFileAtomically(path, [...pieces].join(''));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw usageError(
      `cannot write ${path} (${code ?? message})`,
      'name a file in a folder that this user can write to',
    );
  }
}
