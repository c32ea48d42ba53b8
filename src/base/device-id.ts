/** The largest device ID: the wire has them as `uint32`. */
export const largestDeviceID = 2 ** 32 - 1;

/**
 * Reads a device ID in plain decimal digits.
 *
 * @returns the ID, 1 to 4294967295; `undefined` for anything else (0 means "not set" on the wire)
 */
export function parseDeviceID(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const id = Number(text);
  return id >= 1 && id <= largestDeviceID ? id : undefined;
}
