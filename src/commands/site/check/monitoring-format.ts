import type { Session } from '../../../cli/session.ts';
import type { ErrorClass } from '../../../errors/exit-codes.ts';
import { type GsdkError, toGsdkError } from '../../../errors/gsdk-error.ts';
import type { LiveSite } from '../gateway-state.ts';
import type { SiteRecord } from '../site-file.ts';
import type { Finding } from './drift.ts';

/** What a check has looked at, and found. */
export interface Checked {
  site: readonly SiteRecord[];
  live: LiveSite;
  findings: readonly Finding[];
}

/** What another program wants to hear: a text, and an exit code of its own. */
export interface Told {
  text: string;
  exitCode: number;
}

/** The language of a program that asks for checks: monitoring systems do not read ours. */
export interface Dialect {
  found(checked: Checked, gateway: string): Told;
  /** What to say when nothing could be looked at; an error that it has no word for is thrown on. */
  failed(error: GsdkError, gateway: string): Told;
}

const outages: ReadonlySet<ErrorClass> = new Set<ErrorClass>(['UNREACHABLE', 'TIMEOUT', 'AUTH_TLS']);

/** Whether a failure means that the gateway is not there for its doors; any other, that nobody can tell. */
export const isOutage = ({ failure }: GsdkError) => outages.has(failure.class);

/** Looks, and tells what came of it in a dialect: failures too, as nobody there reads standard error. */
export async function showDialect(session: Session, dialect: Dialect, look: () => Promise<Checked>): Promise<void> {
  const target = session.context.gateway ?? '';
  const told = await look().then(
    (checked) => dialect.found(checked, target),
    (thrown) => {
      const error = toGsdkError(thrown);
      if (error.failure.class === 'SIGNAL') throw error;
      return dialect.failed(error, target);
    },
  );
  await session.print([told.text]);
  session.ending = { exitCode: told.exitCode };
}
