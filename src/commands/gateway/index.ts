import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk gateway` */
export const gatewayGroup = defineGroup({
  summary: 'Manage the gateway connection',
  commands: {
    ping: { load: async () => (await import('./ping.ts')).gatewayPing },
    wait: { load: async () => (await import('./wait.ts')).gatewayWait },
    info: { load: async () => (await import('./info.ts')).gatewayInfo },
    doctor: { load: async () => (await import('./doctor.ts')).gatewayDoctor },
  },
});
