import { defineCommand } from '../../cli/define-command.ts';
import { readConfigFile } from '../../config/file.ts';
import { settings } from '../../config/settings.ts';
import type { Shape } from '../../render/view.ts';

const shape: Shape = {
  isRead: true,
  nullable: ['value', 'source'],
  fields: ['setting', 'value', 'source'],
  columns: [
    { field: 'setting', header: 'SETTING' },
    { field: 'value', header: 'VALUE' },
    { field: 'source', header: 'FROM' },
  ],
};

/** `gsdk config show` */
export const configShow = defineCommand({
  summary: 'Show every setting with the source of its value',
  examples: ['gsdk config show', 'gsdk config show --profile site1 --json'],
  description: 'Flags win over GSDK_* variables, which win over the profile, which wins over defaults.',
  output: shape,
  exitCodes: [],
  run: ({ session }) =>
    session.each(shape, async ({ configuration }) => {
      // Read even where no profile is named: this is where one looks for what is wrong with it.
      readConfigFile(session.host.env);
      const rows = Object.values(settings).map(({ name }) => {
        const { text = null, source = null } = configuration[name] ?? {};
        return { setting: name, value: text, source };
      });
      return { rows };
    }),
});
