import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk device` */
export const deviceGroup = defineGroup({
  summary: 'Manage the device list of the gateway',
  commands: {
    ls: { aliases: ['list'], load: async () => (await import('./ls.ts')).deviceLs },
    get: { load: async () => (await import('./get.ts')).deviceGet },
    exists: { load: async () => (await import('./exists.ts')).deviceExists },
    info: { load: async () => (await import('./info.ts')).deviceInfo },
  },
});
