/**
 * Reads the value of an option that filters by names of an enum, parted by commas. The tables of the
 * wire are loaded only if there is something to look up.
 *
 * @throws GsdkError (USAGE) when a name is not one of the enum
 */
export async function parseEnumOption(
  option: 'type' | 'mode' | 'status',
  text: string | undefined,
): Promise<string[] | undefined> {
  if (text === undefined) return undefined;
  const { parseEnumNames } = await import('../../cli/access/online.ts');
  return parseEnumNames(option, text);
}
