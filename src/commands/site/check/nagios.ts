import { escapeControlChars } from '../../../base/escape-control-chars.ts';
import type { Finding } from './drift.ts';
import { type Checked, type Dialect, isOutage, type Told } from './monitoring-format.ts';

/** Above how many findings a check is a warning, or critical. */
export interface Limits {
  warning: number;
  critical: number | undefined;
}

const states = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;
type State = (typeof states)[number];

/** How many findings the line names. */
const namedAtMost = 10;

/** A plugin for Nagios and its relatives: one line with performance data, and 0, 1, 2 or 3. */
export const nagios = (limits: Limits): Dialect => ({
  found: (checked) => tell(stateOf(checked.findings, limits), summary(checked), performance(checked, limits)),
  failed: (error) => tell(isOutage(error) ? 'CRITICAL' : 'UNKNOWN', error.failure.message),
});

function stateOf(findings: readonly Finding[], { warning, critical = Number.POSITIVE_INFINITY }: Limits): State {
  if (findings.length > critical || findings.some(({ finding }) => finding === 'GATEWAY_EMPTY')) return 'CRITICAL';
  return findings.length > warning ? 'WARNING' : 'OK';
}

function summary({ site, findings }: Checked): string {
  const doors = `${site.length} ${site.length === 1 ? 'door' : 'doors'}`;
  if (findings.length === 0) return `${doors}, all as they should be`;
  const named = findings.slice(0, namedAtMost).map(({ deviceID, name, finding }) => {
    return deviceID === null ? finding : `${name || 'device'} (${deviceID}) ${finding}`;
  });
  const more = findings.length > namedAtMost ? `, and ${findings.length - namedAtMost} more` : '';
  return `${doors}, ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}: ${named.join(', ')}${more}`;
}

function performance({ site, live, findings }: Checked, { warning, critical }: Limits): string {
  const up = site.filter(({ deviceID }) => live.devices.get(deviceID)?.connected).length;
  return `findings=${findings.length};${warning};${critical ?? ''};0 up=${up};;;0;${site.length}`;
}

/** What stands behind the first bar is data, so no name may have one. */
const tell = (state: State, text: string, data?: string): Told => ({
  text: `GSDK ${state} - ${escapeControlChars(text).replaceAll('|', '/')}${data === undefined ? '' : ` | ${data}`}\n`,
  exitCode: states.indexOf(state),
});
