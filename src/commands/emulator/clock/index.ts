import { defineGroup } from '../../../cli/define-command.ts';

/** `gsdk emulator clock` */
export const emulatorClockGroup = defineGroup({
  summary: 'Manage the clock of the emulator',
  commands: {
    show: { load: async () => (await import('./show.ts')).clockShow },
    advance: { load: async () => (await import('./advance.ts')).clockAdvance },
    scale: { load: async () => (await import('./scale.ts')).clockScale },
  },
});
