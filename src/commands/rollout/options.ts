import { usageError } from '../../errors/gsdk-error.ts';

/** What help says of the options of every command that goes through devices in a rolling order. */
export const about = {
  batchSize: 'how many devices at a time once the first alone has worked: a number, or all (10 unless given)',
  maxFailed: 'how many devices may fail before it stops; none unless given',
  timeout: 'how long to wait for devices to be connected again (60s unless given)',
  dryRun: 'only look at what would be done',
  failIfEmpty: 'end with 8 when the list of IDs is empty',
};

/** How long devices are waited for unless the user says otherwise. */
export const ordinaryWaitMs = 60_000;

/** Reads the value of `--batch-size`. */
export function batchSizeOption(text: string): number {
  if (text === 'all') return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw usageError(
    `--batch-size: expected a number of devices, or all, got "${text}"`,
    'one after the other: --batch-size 1',
  );
}

/** Reads the value of `--max-failed`. */
export function maxFailedOption(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError(
    `--max-failed: expected a number of devices, got "${text}"`,
    'it stops at the first failure: --max-failed 0',
  );
}
