import { combineGatewayFailures } from '../../cli/multi-gateway.ts';
import type { PrintRows, Session } from '../../cli/session.ts';
import { toGsdkError, usageError } from '../../errors/gsdk-error.ts';
import type { WatchOptions } from './options.ts';
import { watchGateway } from './run.ts';
import { WatchGroup } from './watch-group.ts';
import { readWanted } from './watch-selection.ts';

/**
 * Watches the gateways of a run, each by itself: one that is lost, or that ends, does not end the others. A reader that
 * has gone and `--count` end all of them.
 *
 * @throws GsdkError by the fleet rule over gateways, once all have ended
 */
export async function watchGateways(
  command: readonly string[],
  options: WatchOptions,
  { session, print }: { session: Session; print: PrintRows },
): Promise<void> {
  const { accesses } = session;
  const isOneOfSeveral = accesses.length > 1;
  if (isOneOfSeveral) refuseShared(options);
  const group = new WatchGroup(options.count);
  const of = { session, isOneOfSeveral, group, print, wanted: await readWanted(options, session) };
  const [access] = accesses;
  if (!isOneOfSeveral) return watchGateway(command, options, { ...of, access });
  const ends = await Promise.all(
    accesses.map(async (one) => {
      const error = await watchGateway(command, options, { ...of, access: one }).then(() => undefined, toGsdkError);
      if (error && !session.signal.aborted) await session.warn(`${one.context.profile}: ${error.message}`);
      return error;
    }),
  );
  const failure = combineGatewayFailures(accesses, ends);
  if (failure) throw failure;
}

/** A device that one gateway is to manage is missing at all others, and a file is for one. */
function refuseShared({ expect, state, heartbeatFile }: WatchOptions): void {
  const named = { '--expect': expect, '--state': state, '--heartbeat-file': heartbeatFile };
  const [option] = Object.entries(named).find(([, value]) => value !== undefined) ?? [];
  if (option === undefined) return;
  throw usageError(`${option} is for one gateway, and several profiles are named`, 'a watch for each: --profile NAME');
}
