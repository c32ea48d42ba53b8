import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk mode` */
export const modeGroup = defineGroup({
  summary: 'Manage the connection mode of devices',
  commands: {
    get: { load: async () => (await import('./get.ts')).modeGet },
    set: { load: async () => (await import('./set.ts')).modeSet },
  },
});
