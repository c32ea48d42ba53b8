import type { GatewayAccess } from '../../cli/access/gateway-access.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import { type CheckResult, complete, fail, layers, pass } from '../../gateway/doctor/layer.ts';
import type { Result, Shape } from '../../render/view.ts';

const shape: Shape = {
  isRead: true,
  // Of a site it is the name of what differs.
  types: { finding: { type: 'string' } },
  nullable: ['ok', 'hint'],
  fields: ['layer', 'ok', 'finding', 'hint'],
  columns: [
    { field: 'layer', header: 'LAYER' },
    { field: 'ok', header: 'OK', cell: ({ ok }) => (ok === null ? '-' : ok ? 'ok' : 'NO') },
    { field: 'finding', header: 'FINDING' },
    { field: 'hint', header: 'HINT' },
  ],
};

/** `gsdk gateway doctor` */
export const gatewayDoctor = defineCommand({
  summary: 'Check each layer of the connection to the gateway',
  examples: ['gsdk gateway doctor', "gsdk gateway doctor --json | jq -r '.[] | select(.ok == false) | .hint'"],
  description:
    'Layer by layer, from the configuration to the devices; it ends with the code of the first layer beyond which\n' +
    'nothing works, with 8 where all works and something is odd. ok is null (-) where a layer could not be looked\n' +
    'at. To tell what is wrong with a certificate, one handshake verifies nothing; nothing is sent over it.\n\n' +
    'Layers:\n' +
    Object.entries(layers)
      .map(([name, about]) => `  ${name.padEnd(13)} ${about}`)
      .join('\n'),
  output: shape,
  exitCodes: [4, 5, 8, 9, 10, 124],
  run: ({ session }) => session.each(shape, diagnose),
});

async function diagnose(access: GatewayAccess): Promise<Result> {
  const found = complete(await findingsOf(access));
  const rows = found.map(({ failure: _, ...finding }) => ({ ...finding }));
  const failure = found.find((finding) => finding.failure)?.failure;
  return { rows, failure, exitCode: found.some(({ ok }) => ok === false) ? 8 : 0 };
}

async function findingsOf(access: GatewayAccess): Promise<CheckResult[]> {
  const endpoint = await access.endpoint().catch(toGsdkError);
  if (endpoint instanceof GsdkError) return [fail('configuration', endpoint)];
  const { runDoctor: examine } = await import('../../gateway/doctor/run-doctor.ts');
  const dial = await access.dialer();
  const { gateway, profile } = access.context;
  const whose = profile === null ? '' : `, by the profile ${profile}`;
  return [pass('configuration', `${gateway}${whose}`), ...(await examine({ endpoint, dial, signal: access.signal }))];
}
