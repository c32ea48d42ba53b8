import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk filter` */
export const filterGroup = defineGroup({
  summary: 'Manage the accept filter for dial-in devices',
  commands: {
    show: { load: async () => (await import('./show.ts')).filterShow },
    check: { load: async () => (await import('./check.ts')).filterCheck },
    add: { load: async () => (await import('./add.ts')).filterAdd },
    rm: { aliases: ['remove'], load: async () => (await import('./rm.ts')).filterRm },
    set: { load: async () => (await import('./set.ts')).filterSet },
    'allow-all': { load: async () => (await import('./modes.ts')).filterAllowAll },
    'listed-only': { load: async () => (await import('./modes.ts')).filterListedOnly },
    'disallow-all': { load: async () => (await import('./modes.ts')).filterDisallowAll },
  },
});
