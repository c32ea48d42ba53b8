import { defineGroup } from '../../../cli/define-command.ts';

/** `gsdk emulator device` */
export const emulatorDeviceGroup = defineGroup({
  summary: 'Manage the devices of the emulator',
  commands: {
    ls: { aliases: ['list'], load: async () => (await import('./ls.ts')).emulatedDeviceLs },
    plug: { load: async () => (await import('./plug.ts')).devicePlug },
    unplug: { load: async () => (await import('./unplug.ts')).deviceUnplug },
    flap: { load: async () => (await import('./flap.ts')).deviceFlap },
    refuse: { load: async () => (await import('./refuse.ts')).deviceRefuse },
    reboot: { load: async () => (await import('./reboot.ts')).deviceReboot },
    move: { load: async () => (await import('./move.ts')).deviceMove },
    set: { load: async () => (await import('./set.ts')).deviceSet },
    add: { load: async () => (await import('./add.ts')).deviceAdd },
    rm: { aliases: ['remove'], load: async () => (await import('./rm.ts')).emulatedDeviceRm },
  },
});
