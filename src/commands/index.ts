import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../cli/session.ts';
import { asyncAdd } from './async/add.ts';
import { asyncLs } from './async/ls.ts';
import { asyncRm } from './async/rm.ts';
import { configPath } from './config/path.ts';
import { configShow } from './config/show.ts';
import { connect } from './connect.ts';
import { deviceExists } from './device/exists.ts';
import { deviceGet } from './device/get.ts';
import { deviceInfo } from './device/info.ts';
import { deviceLs } from './device/ls.ts';
import { disconnect } from './disconnect.ts';
import { emulatorEnv } from './emulator/env.ts';
import { emulatorExec } from './emulator/exec.ts';
import { emulatorFidelity } from './emulator/fidelity.ts';
import { emulatorLogs } from './emulator/logs.ts';
import { emulatorRun } from './emulator/run.ts';
import { emulatorStart } from './emulator/start.ts';
import { emulatorStatus } from './emulator/status.ts';
import { emulatorStop } from './emulator/stop.ts';
import { filterAdd } from './filter/add.ts';
import { filterAllowAll, filterDisallowAll, filterListedOnly } from './filter/broad.ts';
import { filterCheck } from './filter/check.ts';
import { filterRm } from './filter/rm.ts';
import { filterSet } from './filter/set.ts';
import { filterShow } from './filter/show.ts';
import { gatewayPing } from './gateway/ping.ts';
import { gatewayWait } from './gateway/wait.ts';
import { help } from './help.ts';
import { modeGet } from './mode/get.ts';
import { modeSet } from './mode/set.ts';
import { pendingAccept } from './pending/accept.ts';
import { pendingLs } from './pending/ls.ts';
import { rpc } from './rpc.ts';
import { schema } from './schema.ts';
import { search } from './search.ts';
import { slaveAdd } from './slave/add.ts';
import { slaveLs } from './slave/ls.ts';
import { slaveRm } from './slave/rm.ts';
import { slaveSet } from './slave/set.ts';
import { sslStatus } from './ssl/status.ts';
import { sslDisable, sslEnable } from './ssl/switch.ts';
import { wait } from './wait/wait.ts';
import { watch } from './watch/watch.ts';

/** Fills in a command: its arguments, options, help and action. */
export type Define = (command: Command, session: Session) => void;

/** Something that can be done. */
export interface Verb {
  about: string;
  aliases?: readonly string[];
  define: Define;
}

/** Something that can be spoken of, and what can be done with it. */
export interface Noun {
  about: string;
  aliases?: readonly string[];
  verbs: Readonly<Record<string, Verb>>;
}

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
    define: wait,
  },
  watch: {
    about: 'Print every change of status, and whatever may have been missed',
    define: watch,
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
      show: { about: 'Show the accept filter', define: filterShow },
      check: { about: 'Tell by the exit code whether a device is accepted: 0 or 8', define: filterCheck },
      add: { about: 'Accept devices too', define: filterAdd },
      rm: { about: 'Accept devices no more', aliases: ['remove'], define: filterRm },
      set: { about: 'Replace the whole filter', define: filterSet },
      'allow-all': { about: 'Accept everybody, and keep the list for later', define: filterAllowAll },
      'listed-only': { about: 'Accept the listed devices only', define: filterListedOnly },
      'disallow-all': { about: 'Accept nobody, and empty the list', define: filterDisallowAll },
    },
  },
  pending: {
    about: 'Devices that dialled in and were not accepted',
    verbs: {
      ls: { about: 'List pending devices', aliases: ['list'], define: pendingLs },
      accept: { about: 'Accept pending devices', define: pendingAccept },
    },
  },
  ssl: {
    about: 'Whether devices speak TLS, a setting of their own',
    verbs: {
      status: { about: 'Show what the gateway uses and what the devices are set to', define: sslStatus },
      enable: { about: 'Have devices speak TLS, and nothing else', define: sslEnable },
      disable: { about: 'Have devices speak TLS no more', define: sslDisable },
    },
  },
  mode: {
    about: 'Who dials whom, a setting of the devices',
    verbs: {
      get: { about: 'Show what the gateway lists and what the devices are set to', define: modeGet },
      set: { about: 'Tell devices who is to dial whom', define: modeSet },
    },
  },
  slave: {
    about: 'Slave devices, which the gateway reaches through their parents',
    verbs: {
      ls: { about: 'List parents with their slaves', aliases: ['list'], define: slaveLs },
      add: { about: 'Have the gateway use slaves of a parent', define: slaveAdd },
      rm: { about: 'Have the gateway use slaves of a parent no more', aliases: ['remove'], define: slaveRm },
      set: { about: 'Give parents their whole lists of slaves', define: slaveSet },
    },
  },
  gateway: {
    about: 'The gateway itself',
    verbs: {
      ping: {
        about: 'Connect to the gateway, ask it something, and tell how long that took',
        define: gatewayPing,
      },
      wait: { about: 'Wait until the gateway answers', define: gatewayWait },
    },
  },
  rpc: {
    about: 'Make any call that a gateway knows, with JSON',
    define: rpc,
  },
  config: {
    about: 'The settings of this tool',
    verbs: {
      show: {
        about: 'Show every setting and where its value comes from',
        define: configShow,
      },
      path: {
        about: 'Print the path of the config file',
        define: configPath,
      },
    },
  },
  emulator: {
    about: 'The embedded gateway with its virtual devices',
    verbs: {
      exec: {
        about: 'Run a command against an embedded gateway of its own',
        define: emulatorExec,
      },
      run: {
        about: 'Run an embedded gateway until interrupted',
        define: emulatorRun,
      },
      start: {
        about: 'Start an embedded gateway in the background',
        define: emulatorStart,
      },
      stop: {
        about: 'Stop an embedded gateway that was started by name',
        define: emulatorStop,
      },
      status: {
        about: 'List the embedded gateways that were started by name',
        define: emulatorStatus,
      },
      env: {
        about: 'Print the variables with which commands find an embedded gateway',
        define: emulatorEnv,
      },
      logs: {
        about: 'Print what an embedded gateway in the background has said',
        define: emulatorLogs,
      },
      fidelity: {
        about: 'List what the embedded gateway does as real ones do, and how sure that is',
        define: emulatorFidelity,
      },
    },
  },
  schema: {
    about: 'Print the JSON Schema of what a command prints as JSON',
    define: (command, session) => schema(command, session, commands),
  },
  help: {
    about: 'Explain a command, or one of: exit-codes, output, recipes, environment',
    define: help,
  },
};
