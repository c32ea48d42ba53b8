import { defineGroup } from '../../../cli/define-command.ts';

/** `gsdk emulator calls` */
export const emulatorCallsGroup = defineGroup({
  summary: 'Manage the log of calls to the emulator',
  commands: {
    ls: { aliases: ['list'], load: async () => (await import('./ls.ts')).callsLs },
    verify: { load: async () => (await import('./verify.ts')).callsVerify },
  },
});
