import { defineCommand } from '../../cli/define-command.ts';
import { editProfiles, profileKeys, profileName, profileSetting, writtenValue } from '../../config/edit.ts';
import { editShape } from './shape.ts';

/** `gsdk config set` */
export const configSet = defineCommand({
  summary: 'Set a key of a profile',
  examples: [
    'gsdk config set site1 gateway gw1:4000',
    'gsdk config set site1 caFile ./site1-ca.crt',
    'gsdk config set site1 maxDevices 20',
  ],
  description:
    'It writes the config file in use, or makes the first that is looked for; see: gsdk config path. The profile\n' +
    'is made if it is not there. The path of a file is written whole.\n\n' +
    `Keys: ${profileKeys.join(', ')}`,
  output: editShape,
  exitCodes: [9],
  parameters: (command) =>
    command
      .argument('<profile>', 'the name of a profile, a new one too')
      .argument('<key>', 'what is set, as gsdk help environment lists it')
      .argument('<value>', 'what it is set to'),
  run: ({ session }, word, key, text) => {
    const [profile, setting] = [profileName(word), profileSetting(key)];
    const value = writtenValue(setting, text);
    return session.show(editShape, async () => {
      const edit = await editProfiles(
        session.host.env,
        (profiles) => {
          const fields = profiles.get(profile) ?? new Map<string, unknown>();
          profiles.set(profile, fields.set(setting.name, value));
        },
        session.signal,
      );
      return { rows: [{ ...edit, profile, setting: setting.name, value: String(value) }] };
    });
  },
});
