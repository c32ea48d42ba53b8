import { defineCommand } from '../../cli/define-command.ts';
import { daysOption } from '../../cli/input/option-parsers.ts';
import type { Session } from '../../cli/session.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Shape } from '../../render/view.ts';
import { readHolds } from '../hold/holds-file.ts';
import { type FindingName, findingNames, findingsOf } from './check/drift.ts';
import { type Checked, type Dialect, showDialect } from './check/monitoring-format.ts';
import { nagios } from './check/nagios.ts';
import { prometheus } from './check/prometheus.ts';
import { type HeldSite, setAside } from './exclude-held.ts';
import { readLive } from './gateway-state.ts';
import { aboutSite, atLeastZero } from './options.ts';
import { readSite } from './site-file.ts';

const shape: Shape = {
  isRead: true,
  nullable: ['deviceID', 'status'],
  fields: ['deviceID', 'name', 'finding', 'want', 'have', 'status'],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'name', header: 'NAME' },
    { field: 'finding', header: 'FINDING' },
    { field: 'want', header: 'WANT' },
    { field: 'have', header: 'HAVE' },
    { field: 'status', header: 'STATUS' },
  ],
  deviceID: ({ deviceID }) => (deviceID === null ? undefined : Number(deviceID)),
};

/** `gsdk check` */
export const check = defineCommand({
  summary: 'Compare the gateway with a site file (exit code 0 or 8)',
  examples: [
    'gsdk check -f site.csv',
    'gsdk check -f site.csv --json | jq -r \'.[] | select(.finding == "DOWN") | .name\'',
    'gsdk check -f site.csv --nagios -w 0 -c 10',
    'gsdk check -f site.csv --prometheus > gsdk.prom',
  ],
  description:
    'It only looks: 0 when the gateway is as the file says, 8 when not, and then what differs. Where nothing\n' +
    'differs a table prints nothing. A door that dials in is missed only where the filter shuts it out, or it\n' +
    'is not connected.\n\n' +
    'Findings:\n' +
    Object.entries(findingNames)
      .map(([name, about]) => `  ${name.padEnd(16)} ${about}`)
      .join('\n'),
  output: shape,
  exitCodes: [4, 5, 8, 124],
  parameters: (command) =>
    command
      .requiredOption('-f, --file <FILE>', aboutSite.file)
      .option('--holds <FILE>', aboutSite.holds)
      .option(
        '--cert-warn <D>',
        'how many days the certificate of the gateway must be good for; 30d unless given',
        daysOption('--cert-warn'),
      )
      .option('--ignore <FINDINGS>', 'leave these findings out, parted by commas, such as filter-open,not-in-file')
      .option('--nagios', 'one line, and the exit codes of a monitoring plugin: 0, 1, 2, 3')
      .option('-w, --warning <N>', 'with --nagios: WARNING above N findings; 0 unless given', atLeastZero('--warning'))
      .option('-c, --critical <N>', 'with --nagios: CRITICAL above N findings', atLeastZero('--critical'))
      .option('--prometheus', 'metrics in the text format of Prometheus; 0 even if the gateway does not answer'),
  run: async ({ session }, { file, holds, certWarn: certDays = 30, ignore, ...options }) => {
    const ignored = toFindingNames(ignore);
    const look =
      ({ site, ...aside }: HeldSite) =>
      async (gateway: Gateway): Promise<Checked> => {
        const live = await readLive(gateway);
        const findings = findingsOf(site, live, { ...aside, certDays }).filter(({ finding }) => !ignored.has(finding));
        return { site, live, findings };
      };
    const read = async () => setAside(await readSite(file, session), await readHolds(holds, session), Date.now());
    const dialect = dialectOf(options, session);
    if (dialect) return showDialect(session, dialect, async () => session.online(look(await read())));
    const site = await read();
    return session.ask(shape, async (gateway) => {
      const { findings } = await look(site)(gateway);
      const rows = findings.map((finding) => ({ ...finding }));
      return rows.length === 0 ? { rows, text: '' } : { rows, exitCode: 8 };
    });
  },
});

interface DialectOptions {
  nagios?: true | undefined;
  prometheus?: true | undefined;
  warning?: number | undefined;
  critical?: number | undefined;
}

function dialectOf({ warning, critical, ...chosen }: DialectOptions, session: Session): Dialect | undefined {
  if (chosen.nagios && chosen.prometheus) throw usageError('--nagios beside --prometheus', 'say one of them');
  if (!chosen.nagios && (warning !== undefined || critical !== undefined)) {
    throw usageError('-w and -c are limits of --nagios', 'give --nagios too, or leave them out');
  }
  const dialect = chosen.nagios ? nagios({ warning: warning ?? 0, critical }) : chosen.prometheus && prometheus;
  const { source, text } = session.configuration.output;
  if (dialect && source !== 'default') {
    throw usageError(`-o ${text} beside a form of its own`, 'leave --output and --json out');
  }
  return dialect;
}

function toFindingNames(list = ''): ReadonlySet<FindingName> {
  const words = list.split(',').filter(Boolean);
  return new Set(
    words.map((word) => {
      const name = word.trim().toUpperCase().replaceAll('-', '_');
      if (Object.hasOwn(findingNames, name)) return name as FindingName;
      throw usageError(`--ignore: no finding "${word}"`, `one of ${Object.keys(findingNames).join(', ')}`);
    }),
  );
}
