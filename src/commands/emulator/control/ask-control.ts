import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../../../cli/session.ts';
import { classifyControl } from '../../../errors/classify-control.ts';
import type { ControlClient } from './client.ts';
import { findControl, type Target } from './find.ts';

/** What every call is made with. */
export interface CallLimits {
  signal: AbortSignal;
  /** None if there is no limit. */
  timeoutMs?: number;
}

/** Asks something of the control service of a gateway. */
export type ControlQuestion<T> = (client: ControlClient, limits: CallLimits) => Promise<T>;

/** The command that asks, in its session. */
export interface Asker {
  command: Command;
  session: Session;
  /** Whether what is asked changes nothing. */
  isRead: boolean;
  /** The next thing to try when what is asked cannot be; to see the fleet, unless given. */
  hint?: string;
}

/**
 * Asks the control service of the gateway that the command line names, or the environment.
 *
 * @throws GsdkError, NOT_FOUND when there is no such gateway
 */
export async function askControl<T>(asker: Asker, question: ControlQuestion<T>): Promise<T> {
  const { command, session, isRead, hint = 'see the fleet: gsdk emulator device ls' } = asker;
  const { signal } = session;
  const found = await findControl(command.optsWithGlobals() as Target, session);
  const { controlClient } = await import('./client.ts');
  const { value: timeoutMs } = session.configuration.requestTimeout;
  try {
    return await question(controlClient(found), { signal, ...(Number.isFinite(timeoutMs) && { timeoutMs }) });
  } catch (error) {
    throw classifyControl(error, { title: found.title, isWrite: !isRead, hint, signal });
  }
}
