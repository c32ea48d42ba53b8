import type { GatewaySettings } from '../gateway-process/settings.ts';

/** How sure a statement of gateway-behaviour is: documented by the vendor, observed in a real gateway, or assumed. */
export type Mark = 'D' | 'O' | 'A';

/** A choice that the emulator leaves open, as data, so that it can be printed. */
export interface Switch {
  /** The statement of gateway-behaviour that it belongs to. */
  readonly statement: string;
  readonly mark: Mark;
  /** What is chosen here, in a line. */
  readonly about: string;
  /** What can be chosen; the first is the default. */
  readonly values?: readonly (string | boolean)[];
  /** The default, where any number can be chosen. */
  readonly number?: number;
}

/**
 * What nobody outside the vendor knows about a gateway, as switches. The defaults are the likelier guesses; a
 * client has to survive each setting. Names of gRPC codes are values as they are.
 */
export const switches = {
  snapshotOnSubscribe: {
    statement: 'F12',
    mark: 'A',
    values: [false, true],
    about: 'a new subscriber is first told the present status of each managed device',
  },
  queueSizeWhenUnset: {
    statement: 'F13',
    mark: 'A',
    number: 100,
    about: "the length of a subscriber's queue when it asks for zero or less",
  },
  connectNonIPv4: {
    statement: 'F18',
    mark: 'A',
    values: ['INVALID_ARGUMENT', 'UNAVAILABLE'],
    about: 'how Connect refuses an address that is not IPv4',
  },
  dialTimeoutMs: {
    statement: 'F20',
    mark: 'A',
    number: 5_000,
    about: 'how long the gateway tries an address that does not answer, in milliseconds',
  },
  connectAgain: {
    statement: 'F21',
    mark: 'A',
    values: ['SAME_ID', 'ALREADY_EXISTS'],
    about: 'how Connect answers for a device that is connected already',
  },
  deleteUnknown: {
    statement: 'F28',
    mark: 'A',
    values: ['OK', 'NOT_FOUND'],
    about: 'how DeleteAsyncConnection ends when one of its IDs has no asynchronous connection; the others are deleted',
  },
  addAgain: {
    statement: 'F29',
    mark: 'A',
    values: ['updates', 'ignored'],
    about:
      'what AddAsyncConnection does with an ID that it has: a new address or SSL flag takes effect at once, or never',
  },
  onIdMismatch: {
    statement: 'F30',
    mark: 'A',
    values: ['reject', 'adopt'],
    about: 'what happens when another device answers: the attempt fails, or that device takes over the connection',
  },
  connectKeepsAsync: {
    statement: 'F31',
    mark: 'A',
    values: [true, false],
    about: 'an asynchronous connection that Connect brings up stays an asynchronous one',
  },
  redialAfterDisconnectMs: {
    statement: 'F33',
    mark: 'A',
    number: 30_000,
    about: 'how long an asynchronous connection stays down after Disconnect, in milliseconds; the reconnect_interval',
  },
  deviceRetryMs: {
    statement: 'F34',
    mark: 'A',
    number: 24_000,
    about: 'how long a device that dials in waits before it dials again, in milliseconds',
  },
  disconnectUnknown: {
    statement: 'F36',
    mark: 'A',
    values: ['NOT_FOUND', 'OK'],
    about: 'how Disconnect ends when one of its devices is not connected; the others go down either way',
  },
  filterDropsLive: {
    statement: 'F43',
    mark: 'A',
    values: [false, true],
    about: 'a new accept filter ends the sessions of devices that it would not let in',
  },
  refusedDialStatus: {
    statement: 'F44',
    mark: 'A',
    values: ['NONE', 'NOT_ALLOWED'],
    about:
      'the status that tells of a device that was refused; the second is TLS_ or TCP_ by its SSL setting, told once',
  },
  modeChangeEndsSession: {
    statement: 'F50',
    mark: 'A',
    values: [true, false],
    about: "a change of a device's connection mode ends its session",
  },
  failedDialStatus: {
    statement: 'F53',
    mark: 'A',
    values: ['CANNOT_CONNECT_BY_SSL', 'TCP_CANNOT_CONNECT', 'DISCONNECTED'],
    about: 'the status of an asynchronous connection after a failed attempt; the first is TLS_ or TCP_ by its SSL flag',
  },
  asyncFollowsSSL: {
    statement: 'F54',
    mark: 'A',
    values: [false, true],
    about: 'an asynchronous connection takes over the SSL setting that its device is given',
  },
  unregisteredSlave: {
    statement: 'F58',
    mark: 'A',
    values: ['NOT_FOUND', 'INVALID_ARGUMENT', 'INTERNAL'],
    about: 'how SetSlaveDevice refuses a slave that its parent has not registered',
  },
  restartForgets: {
    statement: 'F59',
    mark: 'A',
    values: [true, false],
    about: 'a restart of the gateway empties its asynchronous connections and its accept filter',
  },
  commandTimeoutCode: {
    statement: 'F65',
    mark: 'A',
    values: ['DEADLINE_EXCEEDED', 'UNAVAILABLE', 'INTERNAL'],
    about: 'how a command ends for a connected device that does not answer within 10 s',
  },
  multiErrorsIn: {
    statement: 'F69',
    mark: 'D',
    values: ['trailer', 'response'],
    about:
      'where a Multi call tells of failures: by failing, with grpc-status-details-bin, or in deviceErrors of its answer',
  },
  multiErrorCode: {
    statement: 'F71',
    mark: 'A',
    values: ['INTERNAL', 'UNKNOWN', 'NOT_FOUND', 'ABORTED', 'FAILED_PRECONDITION', 'UNAVAILABLE'],
    about: 'the code of a Multi call that failed for some device',
  },
  errTypeName: {
    statement: 'F72',
    mark: 'D',
    values: ['new', 'old'],
    about:
      'the type in the status details: gsdk.err.MultiErrorResponse, or err.MultiErrorResponse as before V1.5 (its default there)',
  },
  detailsLimit: {
    statement: 'F73',
    mark: 'A',
    values: ['none', 'truncate', 'drop'],
    about: 'what becomes of status details of more than 36,000 bytes, for which some clients wait in vain',
  },
  multiDuplicates: {
    statement: 'F74',
    mark: 'A',
    values: ['once', 'each'],
    about: 'how often a Multi call acts on an ID that it names twice',
  },
  multiEmpty: {
    statement: 'F75',
    mark: 'A',
    values: ['OK', 'INVALID_ARGUMENT'],
    about: 'how a Multi call without IDs ends',
  },
  setSlaves: {
    statement: 'F76',
    mark: 'A',
    values: ['replaces', 'merges'],
    about: 'what SetSlaveDevice does with parents that it does not name: it drops them, or leaves them',
  },
  deleteAsyncDropsSlaves: {
    statement: 'F77',
    mark: 'A',
    values: [true, false],
    about: 'deleting or replacing an asynchronous connection drops the slaves of its device',
  },
  dialInStaysListed: {
    statement: 'F78',
    mark: 'A',
    values: [false, true],
    about: 'a device that dialled in stays in the managed list, DISCONNECTED, while it is gone',
  },
  sslChangeEndsSession: {
    statement: 'F79',
    mark: 'A',
    values: [true, false],
    about: "a change of a device's SSL setting ends its session",
  },
} as const satisfies Record<string, Switch>;

type Switches = typeof switches;
type Value<S> = S extends { values: readonly (infer V)[] } ? V : number;

/** A setting for each switch. */
export type BehaviorSwitches = { readonly [Name in keyof Switches]: Value<Switches[Name]> };

/** The assumptions of a gateway with these settings, but for those that are set otherwise. */
export const toBehaviorSwitches = (
  { packagePrefix, reconnectIntervalMs }: GatewaySettings,
  others: Partial<BehaviorSwitches> = {},
): BehaviorSwitches => ({
  ...defaultBehaviorSwitches,
  errTypeName: packagePrefix === '' ? 'old' : 'new',
  redialAfterDisconnectMs: reconnectIntervalMs,
  ...others,
});

/**
 * The assumptions in force unless a test or a user says otherwise. Made of the switches key by key, which
 * Object.fromEntries cannot say: hence the cast.
 */
export const defaultBehaviorSwitches = Object.fromEntries(
  Object.entries<Switch>(switches).map(([name, { values, number }]) => [name, values?.[0] ?? number]),
) as unknown as BehaviorSwitches;
