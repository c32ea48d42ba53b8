/**
 * How a run of gsdk can end, for the script that called it: the exit code, its name (`class` in JSON)
 * and what it asks of the caller. Printed by `gsdk help exit-codes`.
 */
export const exitCodes = [
  { code: 0, name: 'OK', meaning: 'done, or already so; an empty list' },
  { code: 1, name: 'INTERNAL', meaning: 'a bug, or unclassified; also an output that could not be written' },
  {
    code: 2,
    name: 'USAGE',
    meaning: 'the input or the configuration is wrong, a missing or unreadable CA file too; nothing was sent',
  },
  { code: 3, name: 'NOT_FOUND', meaning: 'that device or entry is not there' },
  { code: 4, name: 'AUTH_TLS', meaning: 'certificates or rights, or no gateway at that port; do not retry' },
  { code: 5, name: 'UNREACHABLE', meaning: 'the gateway cannot be reached, or was lost; retry later' },
  { code: 6, name: 'DEVICE', meaning: 'the gateway worked; the devices failed: offline, not answering, refusing' },
  { code: 7, name: 'PARTIAL', meaning: 'some devices, or gateways, worked, some not: read results' },
  { code: 8, name: 'NO', meaning: 'the answer is no, or an empty list with --fail-if-empty' },
  { code: 9, name: 'CONFLICT', meaning: 'the state, a guard or a lock forbids it' },
  { code: 10, name: 'UNSUPPORTED', meaning: 'gateway or device cannot do it' },
  { code: 11, name: 'BUSY', meaning: 'slow down' },
  { code: 124, name: 'TIMEOUT', meaning: 'time ran out; for a write the outcome may be unknown' },
  {
    code: 125,
    name: 'HANDLER',
    meaning: 'emulator exec: it failed itself, before the command ran; watch: a handler failed',
  },
  { code: 126, name: 'HANDLER', meaning: 'emulator exec, watch: the command after -- cannot be executed' },
  { code: 127, name: 'HANDLER', meaning: 'emulator exec, watch: the command after -- was not found' },
  { code: 129, name: 'SIGNAL', meaning: 'hung up (SIGHUP); after tidying up the process dies of the signal' },
  { code: 130, name: 'SIGNAL', meaning: 'interrupted (SIGINT); after tidying up the process dies of the signal' },
  { code: 143, name: 'SIGNAL', meaning: 'terminated (SIGTERM); after tidying up the process dies of the signal' },
] as const;

/** The ways to fail: the names of {@link exitCodes} but `OK`. */
export type ErrorClass = Exclude<(typeof exitCodes)[number]['name'], 'OK'>;

/** The exit code of a class; for `HANDLER` and `SIGNAL`, which have several, the first. */
export function toExitCode(errorClass: ErrorClass): number {
  return exitCodes.find(({ name }) => name === errorClass)?.code ?? 1;
}
