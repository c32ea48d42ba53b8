import {
  type BehaviorSwitches,
  defaultBehaviorSwitches,
  type Mark,
  type Switch,
  switches,
} from './behavior-switches.ts';

/** A statement of gateway-behaviour that the emulator keeps to, or the switch that decides it. */
export interface FidelityRow {
  /** Its number, `F33`. */
  readonly statement: string;
  readonly mark: Mark;
  /** The name of the switch, if there is one. */
  readonly switch?: string;
  /** How the switch is set. */
  readonly value?: string | number | boolean;
  /** The statement in a line; of a switch, what it decides. */
  readonly about: string;
}

/**
 * What the emulator does as real gateways do, and how sure that is, in the order of the statements.
 * @param assumptions the switches that are not set as by default
 */
export function listFidelity(assumptions: Partial<BehaviorSwitches> = {}): FidelityRow[] {
  const inForce: Record<string, string | number | boolean> = { ...defaultBehaviorSwitches, ...assumptions };
  const choices = Object.entries<Switch>(switches).map(([name, { statement, mark, about }]) => {
    const value = inForce[name];
    return { statement, mark, switch: name, ...(value !== undefined && { value }), about };
  });
  return [...facts, ...choices].sort((a, b) => numberOf(a) - numberOf(b));
}

const numberOf = ({ statement }: FidelityRow) => Number(statement.slice(1));

/** What is known well enough to leave no choice. */
const facts: readonly FidelityRow[] = [
  { statement: 'F01', mark: 'D', about: 'a new device waits to be dialled' },
  { statement: 'F02', mark: 'D', about: 'devices of all three kinds are listed' },
  { statement: 'F03', mark: 'D', about: 'autoReconnect is true for asynchronous connections only' },
  { statement: 'F04', mark: 'D', about: 'a device that dialled in has connection mode 1 and port 0' },
  { statement: 'F05', mark: 'D', about: 'fields of value zero are absent on the wire' },
  { statement: 'F06', mark: 'D', about: 'type 5 has two names, of which the first is shown' },
  { statement: 'F08', mark: 'D', about: 'TRY_TO_CONNECT is told before each attempt, from V1.9.1 on' },
  {
    statement: 'F09',
    mark: 'D',
    about: 'a plain session is TCP_CONNECTED, one with SSL TLS_CONNECTED, and nothing before',
  },
  { statement: 'F10', mark: 'D', about: 'each change of status is told once, no change never' },
  { statement: 'F11', mark: 'D', about: 'a timestamp is that of the change, not of its delivery' },
  { statement: 'F14', mark: 'D', about: 'each subscriber gets every event, whatever another one does' },
  { statement: 'F15', mark: 'A', about: 'the order of changes is kept' },
  { statement: 'F16', mark: 'D', about: 'Connect answers with the device ID when the session is up' },
  { statement: 'F17', mark: 'D', about: 'port 0 means 51211' },
  { statement: 'F18', mark: 'D', about: 'Connect takes IPv4 addresses only' },
  { statement: 'F19', mark: 'D', about: 'Connect takes whatever device answers' },
  { statement: 'F20', mark: 'O', about: 'a device that cannot be reached is UNAVAILABLE, and is not listed' },
  { statement: 'F22', mark: 'D', about: 'a device that dials in refuses to be dialled' },
  { statement: 'F23', mark: 'D', about: 'AddAsyncConnection answers at once, and the entry is in the list' },
  { statement: 'F24', mark: 'D', about: 'AddAsyncConnection does not fail because nobody answers' },
  { statement: 'F25', mark: 'D', about: 'an asynchronous connection is dialled again every 30 s until it is deleted' },
  { statement: 'F26', mark: 'D', about: 'the first attempt is immediate' },
  { statement: 'F27', mark: 'D', about: 'DeleteAsyncConnection disconnects and then removes' },
  { statement: 'F32', mark: 'D', about: 'a synchronous connection leaves the list with its session' },
  { statement: 'F33', mark: 'D', about: 'an asynchronous connection that was disconnected comes back' },
  { statement: 'F34', mark: 'D', about: 'a device that dials in and was disconnected dials again' },
  { statement: 'F35', mark: 'D', about: 'DisconnectAll disconnects every kind' },
  { statement: 'F37', mark: 'D', about: 'at first the accept filter lets nobody in' },
  { statement: 'F38', mark: 'D', about: 'SetAcceptFilter replaces the whole filter' },
  { statement: 'F39', mark: 'D', about: 'allowAll lets everybody in, whatever else is set' },
  { statement: 'F40', mark: 'D', about: 'addresses and subnet masks in the filter decide nothing' },
  { statement: 'F41', mark: 'D', about: 'a device that was refused is pending, with the time of its last try' },
  { statement: 'F42', mark: 'D', about: 'an accepted device connects at its next try, and is pending no more' },
  { statement: 'F45', mark: 'D', about: 'devices dial port 51212, with SSL port 51213' },
  { statement: 'F46', mark: 'D', about: 'a search finds devices of both modes, connected or not, when its time is up' },
  { statement: 'F47', mark: 'O', about: 'a search that finds nothing is NOT_FOUND' },
  { statement: 'F49', mark: 'D', about: 'SetConnectionMode needs a connected device' },
  {
    statement: 'F50',
    mark: 'D',
    about: 'the connection mode is seen in the network settings of the device and in a search',
  },
  { statement: 'F51', mark: 'D', about: 'who is not to dial any more fails, or stops' },
  {
    statement: 'F52',
    mark: 'D',
    about: 'EnableSSL and DisableSSL need a connected device, which then takes nothing else',
  },
  { statement: 'F53', mark: 'D', about: 'SSL to a device without it fails' },
  { statement: 'F55', mark: 'D', about: 'SSL to a device that knows another root fails; a fault rule makes it so' },
  { statement: 'F56', mark: 'D', about: 'the settings of devices survive a restart of the gateway' },
  { statement: 'F57', mark: 'D', about: 'slaves are stored nowhere: a restart forgets them' },
  { statement: 'F58', mark: 'D', about: 'a slave has to be registered on its parent' },
  { statement: 'F61', mark: 'D', about: 'gRPC is spoken over TLS only' },
  { statement: 'F62', mark: 'D', about: 'TLS 1.2 is the newest version, unless told otherwise' },
  { statement: 'F63', mark: 'D', about: 'the name of the gateway has to be in its certificate' },
  { statement: 'F64', mark: 'D', about: 'a request of more than 75,497,472 bytes is refused' },
  { statement: 'F65', mark: 'D', about: 'a command to a device that does not answer ends after 10 s' },
  {
    statement: 'F66',
    mark: 'D',
    about: 'a link that is lost in silence is noticed after 10 s, before V1.7.1 after 32 s',
  },
  { statement: 'F67', mark: 'D', about: 'a Multi call acts on all devices side by side, and what succeeds stands' },
  { statement: 'F68', mark: 'D', about: 'a Multi call that succeeds has no device errors' },
  { statement: 'F70', mark: 'O', about: 'the code of a device without a session is NOT_FOUND' },
];
