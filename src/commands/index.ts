import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../cli/session.ts';

/** Fills in a command: its arguments, options, help and action. */
export type Define = (command: Command, session: Session) => void;

/** Something that can be done. */
export interface Verb {
  about: string;
  aliases?: readonly string[];
  load(): Promise<Define>;
}

/** Something that can be spoken of, and what can be done with it. */
export interface Noun {
  about: string;
  aliases?: readonly string[];
  verbs: Readonly<Record<string, Verb>>;
}

/** Every command. Only the one that is named on the command line is loaded. */
export const commands: Readonly<Record<string, Noun | Verb>> = {
  search: {
    about: 'Find devices in the subnet of the gateway',
    load: async () => (await import('./search.ts')).search,
  },
  connect: {
    about: 'Connect to devices now, and wait until they are connected',
    load: async () => (await import('./connect.ts')).connect,
  },
  disconnect: {
    about: 'Disconnect devices, saying which of them come back by themselves',
    load: async () => (await import('./disconnect.ts')).disconnect,
  },
  device: {
    about: 'The devices that the gateway manages',
    verbs: {
      ls: {
        about: 'List managed devices, connected or not',
        aliases: ['list'],
        load: async () => (await import('./device/ls.ts')).deviceLs,
      },
      get: { about: 'Show some managed devices', load: async () => (await import('./device/get.ts')).deviceGet },
      exists: {
        about: 'Tell by the exit code whether a device is managed: 0 or 8',
        load: async () => (await import('./device/exists.ts')).deviceExists,
      },
    },
  },
  gateway: {
    about: 'The gateway itself',
    verbs: {
      ping: {
        about: 'Connect to the gateway, ask it something, and tell how long that took',
        load: async () => (await import('./gateway/ping.ts')).gatewayPing,
      },
    },
  },
  config: {
    about: 'The settings of this tool',
    verbs: {
      show: {
        about: 'Show every setting and where its value comes from',
        load: async () => (await import('./config/show.ts')).configShow,
      },
      path: {
        about: 'Print the path of the config file',
        load: async () => (await import('./config/path.ts')).configPath,
      },
    },
  },
  emulator: {
    about: 'The embedded gateway with its virtual devices',
    verbs: {
      exec: {
        about: 'Run a command against an embedded gateway of its own',
        load: async () => (await import('./emulator/exec.ts')).emulatorExec,
      },
      run: {
        about: 'Run an embedded gateway until interrupted',
        load: async () => (await import('./emulator/run.ts')).emulatorRun,
      },
    },
  },
  help: {
    about: 'Explain a command, or one of: exit-codes, output, environment',
    load: async () => (await import('./help.ts')).help,
  },
};
