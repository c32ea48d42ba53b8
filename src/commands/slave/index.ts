import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk slave` */
export const slaveGroup = defineGroup({
  summary: 'Manage the slave devices of parent devices',
  commands: {
    ls: { aliases: ['list'], load: async () => (await import('./ls.ts')).slaveLs },
    add: { load: async () => (await import('./add.ts')).slaveAdd },
    rm: { aliases: ['remove'], load: async () => (await import('./rm.ts')).slaveRm },
    set: { load: async () => (await import('./set.ts')).slaveSet },
  },
});
