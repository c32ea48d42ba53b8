import { defineCommand } from '../../cli/define-command.ts';
import { readConfigFile } from '../../config/file.ts';
import { resolveConfiguration } from '../../config/resolve.ts';
import type { Row, Shape } from '../../render/view.ts';

const shape: Shape = {
  isRead: true,
  types: { profile: { type: 'string' } },
  nullable: ['gateway', 'maxDevices', 'auditFile'],
  fields: ['profile', 'gateway', 'readOnly', 'maxDevices', 'auditFile'],
  columns: [
    { field: 'profile', header: 'PROFILE' },
    { field: 'gateway', header: 'GATEWAY' },
    { field: 'readOnly', header: 'READ ONLY' },
    { field: 'maxDevices', header: 'MAX DEVICES' },
    { field: 'auditFile', header: 'AUDIT FILE' },
  ],
};

/** `gsdk config profiles` */
export const configProfiles = defineCommand({
  summary: 'List the profiles with their guards',
  examples: ['gsdk config profiles', "gsdk config profiles --json | jq -r '.[].profile'"],
  description: 'They are listed by themselves, in the order of the file: what flags and variables say does not count.',
  output: shape,
  exitCodes: [8],
  parameters: (command) => command.option('--fail-if-empty', 'end with 8 when there is none'),
  run: ({ session }, { failIfEmpty }) =>
    session.show(shape, () => {
      const file = readConfigFile(session.host.env);
      const rows = [...(file?.profiles.keys() ?? [])].map((profile) => rowOf(profile, file?.path ?? ''));
      return { rows, exitCode: failIfEmpty && rows.length === 0 ? 8 : 0 };
    }),
});

/** Read as it is when it is used, so that a value that cannot be is told here too. */
function rowOf(profile: string, path: string): Row {
  const { gateway, readOnly, maxDevices, auditFile } = resolveConfiguration({ profile }, { GSDK_CONFIG: path });
  return {
    profile,
    gateway: gateway?.text ?? null,
    readOnly: readOnly.value,
    maxDevices: maxDevices?.value ?? null,
    auditFile: auditFile?.value ?? null,
  };
}
