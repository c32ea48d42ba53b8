import { defineGroup } from '../../../cli/define-command.ts';

/** `gsdk emulator gateway` */
export const emulatorGatewayGroup = defineGroup({
  summary: 'Manage the gateway process of the emulator',
  commands: {
    restart: { load: async () => (await import('./restart.ts')).gatewayRestart },
    crash: { load: async () => (await import('./crash.ts')).gatewayCrash },
    goaway: { load: async () => (await import('./goaway.ts')).gatewayGoaway },
    hang: { load: async () => (await import('./hang.ts')).gatewayHang },
    'drop-streams': { load: async () => (await import('./drop-streams.ts')).gatewayDropStreams },
    'drop-connections': { load: async () => (await import('./drop-connections.ts')).gatewayDropConnections },
    'rotate-cert': { load: async () => (await import('./rotate-cert.ts')).gatewayRotateCert },
  },
});
