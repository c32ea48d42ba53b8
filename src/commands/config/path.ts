import { existsSync } from 'node:fs';
import { defineCommand } from '../../cli/define-command.ts';
import { configPaths } from '../../config/file.ts';
import type { Shape } from '../../render/view.ts';

const shape: Shape = {
  isRead: true,
  fields: ['path', 'exists', 'inUse'],
  columns: ['path', 'exists', 'inUse'].map((field) => ({ field, header: field.toUpperCase() })),
};

/** `gsdk config path` */
export const configPath = defineCommand({
  summary: 'Print the path of the config file',
  examples: ['gsdk config path', 'gsdk config path --json'],
  description:
    'It prints the file in use, or where one would be found; as JSON every place that is looked at, in order.',
  output: shape,
  exitCodes: [],
  run: ({ session }) =>
    session.show(shape, () => {
      const paths = configPaths(session.host.env);
      const inUse = paths.find((path) => existsSync(path));
      const rows = paths.map((path) => ({ path, exists: existsSync(path), inUse: path === inUse }));
      return { rows, text: `${inUse ?? paths[0]}\n` };
    }),
});
