import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk async` */
export const asyncGroup = defineGroup({
  summary: 'Manage persistent connections',
  commands: {
    ls: { aliases: ['list'], load: async () => (await import('./ls.ts')).asyncLs },
    add: { load: async () => (await import('./add.ts')).asyncAdd },
    rm: { aliases: ['remove'], load: async () => (await import('./rm.ts')).asyncRm },
  },
});
