import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import type { Session } from '../../cli/session.ts';
import { readConfigFile } from '../../config/file.ts';
import { resolveConfiguration } from '../../config/resolve.ts';
import type { Row, Shape } from '../../render/view.ts';

/** `gsdk config profiles` */
export const configProfiles = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk config profiles', "gsdk config profiles --json | jq -r '.[].profile'"],
    notes: 'They are listed by themselves, in the order of the file: what flags and variables say does not count.',
    output: shape,
    exitCodes: [8],
  });
  command.option('--fail-if-empty', 'end with 8 when there is none').action(({ failIfEmpty }) =>
    session.show(shape, () => {
      const file = readConfigFile(session.host.env);
      const rows = [...(file?.profiles.keys() ?? [])].map((profile) => rowOf(profile, file?.path ?? ''));
      return { rows, exitCode: failIfEmpty && rows.length === 0 ? 8 : 0 };
    }),
  );
};

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
