import { defineGroup } from '../../../cli/define-command.ts';

/** `gsdk emulator calls` */
export const emulatorCallsGroup = defineGroup({
  summary: 'The calls that clients of an embedded gateway have made',
  commands: {
    ls: { aliases: ['list'], load: async () => (await import('./ls.ts')).callsLs },
    verify: { load: async () => (await import('./verify.ts')).callsVerify },
  },
});
