import { escapeControlChars } from '../../../base/escape-control-chars.ts';
import { findingNames } from './drift.ts';
import { type Checked, type Dialect, isOutage } from './monitoring-format.ts';

type Labels = Readonly<Record<string, string>>;
type Samples = readonly (readonly [Labels, number])[];

/**
 * Metrics in the text format of Prometheus, for a file that a node exporter reads. A gateway that does not answer is a
 * metric too, and no failure; of its doors nothing is said then, as nothing is known.
 */
export const prometheus: Dialect = {
  found: (checked, gateway) => ({ text: [up(gateway, 1), ...metricsOf(checked, gateway)].join(''), exitCode: 0 }),
  failed(error, gateway) {
    if (!isOutage(error)) throw error;
    return { text: up(gateway, 0), exitCode: 0 };
  },
};

const up = (gateway: string, value: number) =>
  metric('gsdk_gateway_up', 'whether the gateway answered', [[{ gateway }, value]]);

function metricsOf({ site, live, findings }: Checked, gateway: string): string[] {
  const counted = (name: string) => findings.filter(({ finding }) => finding === name).length;
  return [
    metric('gsdk_site_doors', 'how many doors the site file has', [[{ gateway }, site.length]]),
    metric(
      'gsdk_site_findings',
      'how many differences there are between the site file and the gateway',
      Object.keys(findingNames).map((finding) => [{ gateway, finding }, counted(finding)]),
    ),
    metric(
      'gsdk_door_up',
      'whether the door is connected',
      site.map(({ deviceID, name }) => [
        { gateway, device_id: String(deviceID), name },
        live.devices.get(deviceID)?.connected ? 1 : 0,
      ]),
    ),
  ];
}

function metric(name: string, help: string, samples: Samples): string {
  const lines = samples.map(([labels, value]) => `${name}{${Object.entries(labels).map(label).join(',')}} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}

const label = ([name, value]: [string, string]) =>
  `${name}="${escapeControlChars(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
