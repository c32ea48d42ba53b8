import { defineCommand } from '../../cli/define-command.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { inferVersionBounds } from '../../gateway/grpc/version-bounds.ts';
import type { GatewayIdentity } from '../../gateway/transport/certificate.ts';
import { countDaysLeft } from '../../gateway/transport/days-left.ts';
import { cellText } from '../../render/cells.ts';
import type { Row, Shape } from '../../render/view.ts';

const certificateFields = ['subject', 'issuer', 'names', 'notBefore', 'notAfter', 'daysLeft', 'sha256', 'rootSha256'];
const fields = [
  ...['gateway', 'minVersion', 'maxVersion', 'tlsVersion', ...certificateFields],
  ...['managed', 'connected', 'async', 'pending', 'slaves', 'allowAll', 'filterListed'],
];

const shape: Shape = {
  isRead: true,
  isObject: true,
  // Of a device it is whether it is.
  types: { connected: { type: 'integer', minimum: 0 } },
  nullable: ['minVersion', 'maxVersion', 'tlsVersion', ...certificateFields],
  fields,
  columns: fields.map((field) => ({ field, header: field })),
};

/** `gsdk gateway info` */
export const gatewayInfo = defineCommand({
  summary: 'Show the version, certificate and counts of the gateway',
  examples: ['gsdk gateway info', 'gsdk gateway info --json | jq -r .notAfter'],
  description:
    'No call asks a gateway for its version: minVersion and maxVersion are what its answers betray. sha256 is what\n' +
    '--pin takes; rootSha256 that of the root which was trusted, null with a pin. slaves counts slave devices,\n' +
    'filterListed the IDs that the accept filter lists.',
  output: shape,
  exitCodes: [4, 5, 124],
  run: ({ session }) => session.ask(shape, async (gateway) => ({ rows: [await infoOf(gateway)], text: lines })),
});

/** Looks at what a gateway is, and counts what it knows. */
export async function infoOf(gateway: Gateway): Promise<Row> {
  const [devices, pending, slaves, filter] = await Promise.all([
    gateway.devices(),
    gateway.pending(),
    gateway.slaves(),
    gateway.filter(),
  ]);
  const identity = gateway.identity();
  const slaveIDs = slaves.flatMap((entry) => [...entry.rs485SlaveDeviceIDs, ...entry.wiegandSlaveDeviceIDs]);
  return {
    gateway: gateway.target,
    ...(identity ? inferVersionBounds(identity, devices) : { minVersion: null, maxVersion: null }),
    tlsVersion: identity?.tlsVersion ?? null,
    ...certificateOf(identity),
    managed: devices.length,
    connected: devices.filter(({ connected }) => connected).length,
    async: devices.filter(({ autoReconnect }) => autoReconnect).length,
    pending: pending.length,
    slaves: new Set(slaveIDs).size,
    allowAll: filter.allowAll,
    filterListed: filter.deviceIDs.length,
  };
}

function certificateOf(identity: GatewayIdentity | undefined): Row {
  const { certificate } = identity ?? {};
  if (!certificate) return Object.fromEntries(certificateFields.map((field) => [field, null]));
  const { notBefore, notAfter, ...facts } = certificate;
  const dates = { notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() };
  return { ...facts, ...dates, daysLeft: countDaysLeft(certificate) };
}

/** A field a line: side by side they would be too wide for any terminal. */
const lines = (rows: readonly Row[]) =>
  rows
    .flatMap((row) => Object.entries(row).map(([name, value]) => `${name.padEnd(12)}  ${cellText(value)}\n`))
    .join('');
