import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import type { Session } from '../../cli/session.ts';
import { readConfigFile } from '../../config/file.ts';
import { settings } from '../../config/settings.ts';
import type { Shape } from '../../render/view.ts';

/** `gsdk config show` */
export const configShow = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk config show', 'gsdk config show --profile site1 --json'],
    notes: 'Flags win over GSDK_* variables, which win over the profile, which wins over defaults.',
    output: shape,
    exitCodes: [],
  });
  command.action(() =>
    session.each(shape, async ({ configuration }) => {
      // Read even where no profile is named: this is where one looks for what is wrong with it.
      readConfigFile(session.host.env);
      const rows = Object.values(settings).map(({ name }) => {
        const { text = null, source = null } = configuration[name] ?? {};
        return { setting: name, value: text, source };
      });
      return { rows };
    }),
  );
};

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
