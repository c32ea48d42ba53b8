import { usageError } from '../../errors/gsdk-error.ts';

/** What help says of the options that commands for site files share. */
export const aboutSite = {
  file: 'the site file, a record a door: JSON, NDJSON or CSV with a header; - for standard input',
  holds: 'the file of doors that are taken out on purpose, as disconnect --hold writes it',
};

/** Reads the value of an option as a number of 0 or more. */
export const atLeastZero = (name: string) => (text: string) => {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError(`${name}: expected a number of 0 or more, got "${text}"`, 'digits only, such as 3');
};
