import { defineGroup } from '../../../cli/define-command.ts';

/** `gsdk emulator fault` */
export const emulatorFaultGroup = defineGroup({
  summary: 'Manage fault rules of the emulator',
  commands: {
    add: { load: async () => (await import('./add.ts')).faultAdd },
    ls: { aliases: ['list'], load: async () => (await import('./ls.ts')).faultLs },
    rm: { aliases: ['remove'], load: async () => (await import('./rm.ts')).faultRm },
    clear: { load: async () => (await import('./rm.ts')).faultClear },
  },
});
