/**
 * What nobody outside the vendor knows about a gateway, as switches. The defaults are the likelier
 * guesses; a client has to survive each setting. The numbers are those of gateway-behaviour.
 */
export interface Assumptions {
  /** F12: whether a new subscriber is first told the present status of each managed device. */
  readonly snapshotOnSubscribe: boolean;
  /** F13: the length of a subscriber's queue when it asks for zero or less. */
  readonly queueSizeWhenUnset: number;
  /** F18: how `Connect` refuses an address that is not IPv4. */
  readonly connectNonIPv4: 'INVALID_ARGUMENT' | 'UNAVAILABLE';
  /** F20: how long the gateway tries an address that does not answer, in emulated milliseconds. */
  readonly dialTimeoutMs: number;
  /** F21: how `Connect` answers for a device that is connected already. */
  readonly connectAgain: 'SAME_ID' | 'ALREADY_EXISTS';
  /** F36: how `Disconnect` ends when one of its devices is not connected; the others go down either way. */
  readonly disconnectUnknown: 'NOT_FOUND' | 'OK';
}

/** The assumptions in force unless a test or a user says otherwise. */
export const defaultAssumptions: Assumptions = {
  snapshotOnSubscribe: false,
  queueSizeWhenUnset: 100,
  connectNonIPv4: 'INVALID_ARGUMENT',
  dialTimeoutMs: 5_000,
  connectAgain: 'SAME_ID',
  disconnectUnknown: 'NOT_FOUND',
};
