import { usageError } from '../../errors/gsdk-error.ts';

/** What help says of the options that every change of the filter takes. */
export const about = {
  maxLockout: 'how many managed devices that dial in the change may shut out; none unless given',
  dryRun: 'only look at what would be done',
  listedOnly: 'accept the listed devices only from now on, if the filter accepts everybody',
  failIfEmpty: 'end with 8 when the list of IDs is empty',
};

/** Reads the value of `--max-lockout`. */
export function lockoutOption(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError(`--max-lockout: expected a number of devices, got "${text}"`, 'see whom: --dry-run');
}
