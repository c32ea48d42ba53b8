import { readFileSync } from 'node:fs';

/** Where an embedded gateway is handled, and the token for it. */
export interface ControlAddress {
  /** `http://127.0.0.1:PORT` */
  url: string;
  token: string;
}

/** What a control file holds: gateways by the names of their profiles, the first one for those who name none. */
export type ControlAddresses = Readonly<Record<string, ControlAddress>>;

/** The variable that names a control file. */
export const controlVariable = 'GSDK_EMULATOR_CONTROL';

/** Reads a control file; `undefined` if it is not there or is none. */
export function readControlFile(path: string): ControlAddresses | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isAddresses(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isAddresses(content: unknown): content is ControlAddresses {
  if (typeof content !== 'object' || content === null) return false;
  const addresses: unknown[] = Object.values(content);
  return addresses.length > 0 && addresses.every(isAddress);
}

function isAddress(value: unknown): value is ControlAddress {
  if (typeof value !== 'object' || value === null) return false;
  const { url, token } = value as Partial<ControlAddress>;
  return /^http:\/\/127\.0\.0\.1:\d+$/.test(url ?? '') && typeof token === 'string';
}
