import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk emulator` */
export const emulatorGroup = defineGroup({
  summary: 'Manage the emulator of gateways and devices',
  commands: {
    exec: { load: async () => (await import('./exec.ts')).emulatorExec },
    run: { load: async () => (await import('./run.ts')).emulatorRun },
    start: { load: async () => (await import('./start.ts')).emulatorStart },
    stop: { load: async () => (await import('./stop.ts')).emulatorStop },
    status: { load: async () => (await import('./status.ts')).emulatorStatus },
    env: { load: async () => (await import('./env.ts')).emulatorEnv },
    logs: { load: async () => (await import('./logs.ts')).emulatorLogs },
    device: { load: async () => (await import('./device/index.ts')).emulatorDeviceGroup },
    gateway: { load: async () => (await import('./gateway/index.ts')).emulatorGatewayGroup },
    fleet: { load: async () => (await import('./fleet/index.ts')).emulatorFleetGroup },
    clock: { load: async () => (await import('./clock/index.ts')).emulatorClockGroup },
    fault: { load: async () => (await import('./fault/index.ts')).emulatorFaultGroup },
    scenario: { load: async () => (await import('./scenario/index.ts')).emulatorScenarioGroup },
    calls: { load: async () => (await import('./calls/index.ts')).emulatorCallsGroup },
    reset: { load: async () => (await import('./reset.ts')).emulatorReset },
    events: { load: async () => (await import('./events.ts')).emulatorEvents },
    fidelity: { load: async () => (await import('./fidelity.ts')).emulatorFidelity },
  },
});
