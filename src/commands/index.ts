import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../cli/session.ts';
import { asyncAdd } from './async/add.ts';
import { asyncLs } from './async/ls.ts';
import { asyncRm } from './async/rm.ts';
import { connect } from './connect/connect.ts';
import { deviceExists } from './device/exists.ts';
import { deviceGet } from './device/get.ts';
import { deviceInfo } from './device/info.ts';
import { deviceLs } from './device/ls.ts';
import { disconnect } from './disconnect/disconnect.ts';
import { gatewayPing } from './gateway/ping.ts';
import { gatewayWait } from './gateway/wait.ts';
import { help } from './help/help.ts';
import { search } from './search/search.ts';

/** Fills in a command: its arguments, options, help and action. */
export type Define = (command: Command, session: Session) => unknown;

/** Something that can be done. */
export interface Verb {
  about: string;
  aliases?: readonly string[];
  define: Define;
}

/** Something that can be spoken of, and what can be done with it, or with a part of it. */
export interface Noun {
  about: string;
  aliases?: readonly string[];
  verbs: Readonly<Record<string, Noun | Verb>>;
}

/** Fills in a command that is loaded together with the others that are seldom wanted, to keep the start of all short. */
const onDemand =
  (verb: Exclude<keyof typeof import('./on-demand.ts'), 'schema' | 'completion'>): Define =>
  async (command, session) =>
    (await import('./on-demand.ts'))[verb](command, session);

/** The same for the commands that speak to the control service of an embedded gateway, a part of their own. */
const onControl =
  (verb: keyof typeof import('./emulator/on-control.ts')): Define =>
  async (command, session) =>
    (await import('./emulator/on-control.ts'))[verb](command, session);

/** Every command. Only the one that is named on the command line is defined, and what is heavy it loads in its action. */
export const commands: Readonly<Record<string, Noun | Verb>> = {
  search: {
    about: 'Find devices in the subnet of the gateway',
    define: search,
  },
  connect: {
    about: 'Connect to devices now, and wait until they are connected',
    define: connect,
  },
  disconnect: {
    about: 'Disconnect devices, saying which of them come back by themselves',
    define: disconnect,
  },
  wait: {
    about: 'Wait until devices are connected, disconnected, managed or pending',
    define: onDemand('wait'),
  },
  watch: {
    about: 'Print every change of status, and whatever may have been missed',
    define: onDemand('watch'),
  },
  device: {
    about: 'The devices that the gateway manages',
    verbs: {
      ls: {
        about: 'List managed devices, connected or not',
        aliases: ['list'],
        define: deviceLs,
      },
      get: { about: 'Show some managed devices', define: deviceGet },
      exists: {
        about: 'Tell by the exit code whether a device is managed: 0 or 8',
        define: deviceExists,
      },
      info: { about: 'Ask devices for their model, firmware and capabilities', define: deviceInfo },
    },
  },
  async: {
    about: 'Connections that the gateway itself keeps up',
    verbs: {
      ls: { about: 'List async connections, up or not', aliases: ['list'], define: asyncLs },
      add: { about: 'Have the gateway connect to devices, now and whenever they are lost', define: asyncAdd },
      rm: { about: 'Have the gateway give up devices', aliases: ['remove'], define: asyncRm },
    },
  },
  filter: {
    about: 'Which devices are accepted when they dial in',
    verbs: {
      show: { about: 'Show the accept filter', define: onDemand('filterShow') },
      check: { about: 'Tell by the exit code whether a device is accepted: 0 or 8', define: onDemand('filterCheck') },
      add: { about: 'Accept devices too', define: onDemand('filterAdd') },
      rm: { about: 'Accept devices no more', aliases: ['remove'], define: onDemand('filterRm') },
      set: { about: 'Replace the whole filter', define: onDemand('filterSet') },
      'allow-all': { about: 'Accept everybody, and keep the list for later', define: onDemand('filterAllowAll') },
      'listed-only': { about: 'Accept the listed devices only', define: onDemand('filterListedOnly') },
      'disallow-all': { about: 'Accept nobody, and empty the list', define: onDemand('filterDisallowAll') },
    },
  },
  pending: {
    about: 'Devices that dialled in and were not accepted',
    verbs: {
      ls: { about: 'List pending devices', aliases: ['list'], define: onDemand('pendingLs') },
      accept: { about: 'Accept pending devices', define: onDemand('pendingAccept') },
    },
  },
  ssl: {
    about: 'Whether devices speak TLS, a setting of their own',
    verbs: {
      status: { about: 'Show what the gateway uses and what the devices are set to', define: onDemand('sslStatus') },
      enable: { about: 'Have devices speak TLS, and nothing else', define: onDemand('sslEnable') },
      disable: { about: 'Have devices speak TLS no more', define: onDemand('sslDisable') },
    },
  },
  mode: {
    about: 'Who dials whom, a setting of the devices',
    verbs: {
      get: { about: 'Show what the gateway lists and what the devices are set to', define: onDemand('modeGet') },
      set: { about: 'Tell devices who is to dial whom', define: onDemand('modeSet') },
    },
  },
  slave: {
    about: 'Slave devices, which the gateway reaches through their parents',
    verbs: {
      ls: { about: 'List parents with their slaves', aliases: ['list'], define: onDemand('slaveLs') },
      add: { about: 'Have the gateway use slaves of a parent', define: onDemand('slaveAdd') },
      rm: {
        about: 'Have the gateway use slaves of a parent no more',
        aliases: ['remove'],
        define: onDemand('slaveRm'),
      },
      set: { about: 'Give parents their whole lists of slaves', define: onDemand('slaveSet') },
    },
  },
  export: {
    about: 'Write a site file: what the gateway keeps, and forgets when it is restarted',
    define: onDemand('siteExport'),
  },
  check: {
    about: 'Compare the gateway with a site file: 0 or 8, and what differs',
    define: onDemand('check'),
  },
  apply: {
    about: 'Have the gateway manage what a site file says',
    define: onDemand('apply'),
  },
  release: {
    about: 'Put doors back that disconnect --hold took out',
    define: onDemand('release'),
  },
  gateway: {
    about: 'The gateway itself',
    verbs: {
      ping: {
        about: 'Connect to the gateway, ask it something, and tell how long that took',
        define: gatewayPing,
      },
      wait: { about: 'Wait until the gateway answers', define: gatewayWait },
      info: { about: 'Show version, certificate and counts of the gateway', define: onDemand('gatewayInfo') },
      doctor: { about: 'Find out what is wrong on the way to the gateway', define: onDemand('gatewayDoctor') },
    },
  },
  rpc: {
    about: 'Make any call that a gateway knows, with JSON',
    define: onDemand('rpc'),
  },
  config: {
    about: 'The settings of this tool',
    verbs: {
      show: {
        about: 'Show every setting and where its value comes from',
        define: onDemand('configShow'),
      },
      path: {
        about: 'Print the path of the config file',
        define: onDemand('configPath'),
      },
      profiles: {
        about: 'List the profiles in the config file, with their guards',
        define: onDemand('configProfiles'),
      },
      set: { about: 'Set a key of a profile in the config file', define: onDemand('configSet') },
      unset: { about: 'Take a key of a profile, or a whole profile, away', define: onDemand('configUnset') },
    },
  },
  emulator: {
    about: 'The embedded gateway with its virtual devices',
    verbs: {
      exec: {
        about: 'Run a command against an embedded gateway of its own',
        define: onDemand('emulatorExec'),
      },
      run: {
        about: 'Run an embedded gateway until interrupted',
        define: onDemand('emulatorRun'),
      },
      start: {
        about: 'Start an embedded gateway in the background',
        define: onDemand('emulatorStart'),
      },
      stop: {
        about: 'Stop an embedded gateway that was started by name',
        define: onDemand('emulatorStop'),
      },
      status: {
        about: 'List the embedded gateways that were started by name',
        define: onDemand('emulatorStatus'),
      },
      env: {
        about: 'Print the variables with which commands find an embedded gateway',
        define: onDemand('emulatorEnv'),
      },
      logs: {
        about: 'Print what an embedded gateway in the background has said',
        define: onDemand('emulatorLogs'),
      },
      device: {
        about: 'The devices of an embedded gateway, and what somebody does at them',
        verbs: {
          ls: {
            about: 'List the devices of the fleet themselves',
            aliases: ['list'],
            define: onControl('emulatedDeviceLs'),
          },
          plug: { about: 'Put devices back on the network', define: onControl('devicePlug') },
          unplug: { about: 'Take devices off the network', define: onControl('deviceUnplug') },
          flap: {
            about: 'Take devices off the network and put them back, again and again',
            define: onControl('deviceFlap'),
          },
          refuse: { about: 'Have devices refuse to be dialled', define: onControl('deviceRefuse') },
          reboot: { about: 'Have devices start again', define: onControl('deviceReboot') },
          move: { about: 'Give a device another address', define: onControl('deviceMove') },
          set: { about: 'Change settings at the devices themselves', define: onControl('deviceSet') },
          add: { about: 'Add devices to the fleet', define: onControl('deviceAdd') },
          rm: { about: 'Take devices out of the fleet', aliases: ['remove'], define: onControl('emulatedDeviceRm') },
        },
      },
      gateway: {
        about: 'What happens to the gateway process of an embedded gateway',
        verbs: {
          restart: {
            about: 'End the gateway process and start the next one at once',
            define: onControl('gatewayRestart'),
          },
          crash: { about: 'End the gateway process and leave its port refusing', define: onControl('gatewayCrash') },
          goaway: { about: 'Tell clients by GOAWAY to leave their connections', define: onControl('gatewayGoaway') },
          hang: { about: 'Have the gateway answer nothing any more', define: onControl('gatewayHang') },
          'drop-streams': { about: 'End all status streams and nothing else', define: onControl('gatewayDropStreams') },
          'drop-connections': { about: 'End all connections of clients', define: onControl('gatewayDropConnections') },
          'rotate-cert': { about: 'Give the gateway another certificate', define: onControl('gatewayRotateCert') },
        },
      },
      fleet: {
        about: 'Files that say which devices an embedded gateway has, and how it is',
        verbs: {
          validate: {
            about: 'Check fleet files, and print all that is wrong by line and column',
            define: onDemand('fleetValidate'),
          },
          render: {
            about: 'Print the devices of a fleet file one by one',
            define: onDemand('fleetRender'),
          },
          new: {
            about: 'Print a fleet file to begin with, or one of the given devices',
            define: onDemand('fleetNew'),
          },
          schema: {
            about: 'Print the JSON Schema of fleet files, for editors',
            define: onDemand('fleetSchema'),
          },
        },
      },
      clock: {
        about: 'The emulated time',
        verbs: {
          show: { about: 'Show the emulated time, and how it passes', define: onControl('clockShow') },
          advance: { about: 'Move a clock on that stands still', define: onControl('clockAdvance') },
          scale: { about: 'Change how fast emulated time passes', define: onControl('clockScale') },
        },
      },
      fault: {
        about: 'Rules that say what goes wrong, for whom and when',
        verbs: {
          add: { about: 'Put fault rules in force', define: onControl('faultAdd') },
          ls: {
            about: 'List the rules in force, and how often each has fired',
            aliases: ['list'],
            define: onControl('faultLs'),
          },
          rm: { about: 'Take fault rules back', aliases: ['remove'], define: onControl('faultRm') },
          clear: { about: 'Take all fault rules back', define: onControl('faultClear') },
        },
      },
      scenario: {
        about: 'Timelines of what happens',
        verbs: {
          run: { about: 'Let a scenario begin now', define: onControl('scenarioRun') },
          ls: {
            about: 'List the scenarios that are known by name',
            aliases: ['list'],
            define: onControl('scenarioLs'),
          },
          status: { about: 'Show how it stands with the steps of scenarios', define: onControl('scenarioStatus') },
          stop: { about: 'Let nothing of scenarios happen any more', define: onControl('scenarioStop') },
        },
      },
      calls: {
        about: 'The calls that clients of an embedded gateway have made',
        verbs: {
          ls: { about: 'List the calls of all clients', aliases: ['list'], define: onControl('callsLs') },
          verify: {
            about: 'Tell by the exit code whether they are as expected: 0 or 8',
            define: onControl('callsVerify'),
          },
        },
      },
      reset: { about: 'Make an embedded gateway what it was at the start', define: onControl('emulatorReset') },
      events: { about: 'List what really happened, told or not', define: onControl('emulatorEvents') },
      fidelity: {
        about: 'List what the embedded gateway does as real ones do, and how sure that is',
        define: onDemand('emulatorFidelity'),
      },
    },
  },
  schema: {
    about: 'Print the JSON Schema of what a command prints as JSON',
    define: async (command, session) => (await import('./on-demand.ts')).schema(command, session, commands),
  },
  completion: {
    about: 'Print a script with which a shell completes commands and options',
    define: async (command, session) => (await import('./on-demand.ts')).completion(command, session, commands),
  },
  help: {
    about: 'Explain a command, or one of: exit-codes, output, recipes, environment',
    define: help,
  },
};
