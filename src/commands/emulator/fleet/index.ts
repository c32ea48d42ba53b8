import { defineGroup } from '../../../cli/define-command.ts';

/** `gsdk emulator fleet` */
export const emulatorFleetGroup = defineGroup({
  summary: 'Manage fleet files for the emulator',
  commands: {
    validate: { load: async () => (await import('./validate.ts')).fleetValidate },
    render: { load: async () => (await import('./render.ts')).fleetRender },
    new: { load: async () => (await import('./new.ts')).fleetNew },
    schema: { load: async () => (await import('./schema.ts')).fleetSchema },
  },
});
