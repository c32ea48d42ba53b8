import { defineGroup } from '../../cli/define-command.ts';

/** `gsdk ssl` */
export const sslGroup = defineGroup({
  summary: 'Manage SSL between gateway and devices',
  commands: {
    status: { load: async () => (await import('./status.ts')).sslStatus },
    enable: { load: async () => (await import('./set-ssl.ts')).sslEnable },
    disable: { load: async () => (await import('./set-ssl.ts')).sslDisable },
  },
});
