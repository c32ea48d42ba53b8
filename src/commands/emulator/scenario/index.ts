import { defineGroup } from '../../../cli/define-command.ts';

/** `gsdk emulator scenario` */
export const emulatorScenarioGroup = defineGroup({
  summary: 'Manage scenarios of the emulator',
  commands: {
    run: { load: async () => (await import('./run.ts')).scenarioRun },
    ls: { aliases: ['list'], load: async () => (await import('./ls.ts')).scenarioLs },
    status: { load: async () => (await import('./status.ts')).scenarioStatus },
    stop: { load: async () => (await import('./stop.ts')).scenarioStop },
  },
});
