import { readInput } from '../../../cli/input/input.ts';
import type { Session } from '../../../cli/session.ts';
import type { GatewayConfig } from '../../../emulator/index.ts';
import { refused } from './fleet-option.ts';

/** What `--gateway-config` is for, in the help. */
export const aboutGatewayConfig = "the config.json of a real gateway: its timeouts, intervals and devices' ports";

/**
 * Reads the `config.json` of a real gateway. Where keys that nobody knows are passed over, a warning says so.
 *
 * @throws GsdkError (USAGE) naming file, line and column
 */
export async function readGatewayConfig(path: string, session: Session): Promise<GatewayConfig> {
  const { text, source } = await readInput(path, session);
  const emulator = await import('../../../emulator/index.ts');
  const hint = 'the keys and their units: docs/emulator.md';
  const { config, unknown } = await refused(hint, () => emulator.readGatewayConfig(text, source));
  for (const { line, column, message } of unknown) await session.warn(`${source}:${line}:${column}: ${message}`);
  return config;
}
