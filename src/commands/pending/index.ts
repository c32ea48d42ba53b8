import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk pending` */
export const pendingGroup = defineGroup({
  summary: 'Manage pending devices',
  commands: {
    ls: { aliases: ['list'], load: async () => (await import('./ls.ts')).pendingLs },
    accept: { load: async () => (await import('./accept.ts')).pendingAccept },
  },
});
