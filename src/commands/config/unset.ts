import { defineCommand } from '../../cli/define-command.ts';
import { editProfiles, profileName, profileSetting, type WrittenProfiles } from '../../config/edit.ts';
import { GsdkError, usageError } from '../../errors/gsdk-error.ts';
import { editShape } from './shape.ts';

/** `gsdk config unset` */
export const configUnset = defineCommand({
  summary: 'Remove a key of a profile, or a whole profile',
  examples: ['gsdk config unset site1 serverName', 'gsdk config unset site1 --all'],
  description: 'What is left of a profile stays, even if that is nothing. --all takes the whole profile away.',
  output: editShape,
  exitCodes: [3, 9],
  parameters: (command) =>
    command
      .argument('<profile>', 'the name of a profile')
      .argument('[key]', 'what is not to be set any more')
      .option('--all', 'the whole profile')
      .option('--if-exists', 'it is no failure if it is not set'),
  run: ({ session }, word, key, { all, ifExists }) => {
    if (all && key !== undefined) throw usageError(`--all beside ${key}`, 'say one of them');
    if (!all && key === undefined) throw usageError('no key given', 'the whole profile: --all');
    const profile = profileName(word);
    const setting = key === undefined ? undefined : profileSetting(key).name;
    return session.show(editShape, async () => {
      const edit = await editProfiles(
        session.host.env,
        (profiles) => {
          if (!remove(profiles, profile, setting) && !ifExists) throw notSet(profile, setting);
        },
        session.signal,
      );
      return { rows: [{ ...edit, profile, setting: setting ?? null, value: null }] };
    });
  },
});

/** @returns whether it was there */
const remove = (profiles: WrittenProfiles, profile: string, setting: string | undefined): boolean =>
  setting === undefined ? profiles.delete(profile) : (profiles.get(profile)?.delete(setting) ?? false);

const notSet = (profile: string, setting: string | undefined) =>
  new GsdkError({
    class: 'NOT_FOUND',
    message: setting === undefined ? `there is no profile "${profile}"` : `${setting} of profile ${profile} is not set`,
    hint: 'see what is: gsdk config profiles; in a clean-up: --if-exists',
    stage: 'cli',
  });
