import { usageError } from '../../../errors/gsdk-error.ts';

/** What the options that choose calls are for, in help. */
export const about = {
  method: 'of this method only: AddAsyncConnection',
  code: 'that ended so only: OK, NOT_FOUND, ...',
  since: 'those after the call of this number',
};

/** The calls that are meant. */
export interface CallOptions {
  method?: string | undefined;
  code?: string | undefined;
  since?: number | undefined;
}

/** The same, as the control service wants it. */
export const toFilter = ({ method = '', code = '', since = 0 }: CallOptions) => ({
  method,
  code: code.toUpperCase().replaceAll('-', '_'),
  sinceSeq: since,
});

/** Reads the value of an option as a number of zero or more. */
export const numberOption = (name: string) => (text: string) => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw usageError(`${name}: expected a number of zero or more, got "${text}"`, 'digits only, such as 3');
};
