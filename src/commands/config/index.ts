import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk config` */
export const configGroup = defineGroup({
  summary: 'Manage the settings of gsdk',
  commands: {
    show: { load: async () => (await import('./show.ts')).configShow },
    path: { load: async () => (await import('./path.ts')).configPath },
    profiles: { load: async () => (await import('./profiles.ts')).configProfiles },
    set: { load: async () => (await import('./set.ts')).configSet },
    unset: { load: async () => (await import('./unset.ts')).configUnset },
  },
});
