import { existsSync } from 'node:fs';
import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import type { Session } from '../../cli/session.ts';
import { configPaths } from '../../config/file.ts';
import type { Shape } from '../../render/view.ts';

/** `gsdk config path` */
export const configPath = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk config path', 'gsdk config path --json'],
    notes: 'It prints the file in use, or where one would be found; as JSON every place that is looked at, in order.',
    output: shape,
    exitCodes: [],
  });
  command.action(() =>
    session.show(shape, () => {
      const paths = configPaths(session.host.env);
      const inUse = paths.find((path) => existsSync(path));
      const rows = paths.map((path) => ({ path, exists: existsSync(path), inUse: path === inUse }));
      return { rows, text: `${inUse ?? paths[0]}\n` };
    }),
  );
};

const shape: Shape = {
  isRead: true,
  fields: ['path', 'exists', 'inUse'],
  columns: ['path', 'exists', 'inUse'].map((field) => ({ field, header: field.toUpperCase() })),
};
