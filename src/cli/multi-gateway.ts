import { combineFailures } from '../errors/combine-failures.ts';
import { type Failure, GsdkError, toGsdkError } from '../errors/gsdk-error.ts';
import type { Result, Row, Shape } from '../render/view.ts';
import type { GatewayAccess } from './access/gateway-access.ts';

/**
 * The shape of an answer of several gateways: a row for each row of each of them, that tells the profile. What is one
 * object of one gateway is a list of several.
 */
export function multiGatewayShape({ isObject: _, ...shape }: Shape): Shape {
  if (shape.fields.includes('profile')) return shape;
  return {
    ...shape,
    fields: ['profile', ...shape.fields],
    columns: [{ field: 'profile', header: 'PROFILE' }, ...shape.columns],
  };
}

/**
 * Asks several gateways the same, all at once. What one of them answers is there whatever becomes of the others.
 *
 * @returns the rows of all, in the order of the gateways; the failure by the fleet rule over gateways, and where none
 *   failed the highest exit code: "no" if one of them says so
 * @throws GsdkError when none of them could be asked
 */
export async function queryGateways(
  accesses: readonly GatewayAccess[],
  question: (access: GatewayAccess) => Promise<Result>,
): Promise<Result> {
  const answers = await Promise.all(accesses.map((access) => question(access).catch(toGsdkError)));
  const results = answers.map((answer) => (answer instanceof GsdkError ? { rows: [], failure: answer } : answer));
  const failure = combineGatewayFailures(
    accesses,
    results.map((result) => result.failure),
  );
  if (failure && answers.every((answer) => answer instanceof GsdkError)) throw failure;
  const rows = results.flatMap(({ rows }, index): Row[] => {
    const profile = accesses[index]?.context.profile ?? null;
    return rows.map((row) => ({ profile, ...row }));
  });
  const text = textOf(results.filter((result) => !result.failure));
  const exitCode = Math.max(...results.map((result) => result.exitCode ?? 0));
  return { rows, exitCode, failure, ...(text !== undefined && { text }) };
}

/** What is printed in the place of a table, if that is so for all. */
function textOf(results: readonly Result[]): Result['text'] {
  const texts = results.map(({ text }) => text);
  if (texts.every((text) => text === '')) return '';
  const [first] = texts;
  if (typeof first !== 'function' || !texts.every((text) => typeof text === 'function')) return undefined;
  return (rows) => rows.map((row) => first([row])).join('');
}

/** What a run over several gateways ends with, by the fleet rule; each that failed is told by its profile. */
export function combineGatewayFailures(
  accesses: readonly GatewayAccess[],
  failures: readonly (GsdkError | undefined)[],
): GsdkError | undefined {
  const failed = failures.flatMap((error, index) => {
    const access = accesses[index];
    return error && access ? [{ error, ...access.context }] : [];
  });
  const whole = combineFailures(
    failures.map((error, index): Failure | undefined => {
      const profile = accesses[index]?.context.profile;
      return error && { ...error.failure, message: `${profile}: ${error.message}`, exitCode: error.exitCode };
    }),
  );
  if (!whole) return undefined;
  const told = failed.map(({ error, profile, gateway }) => ({ profile, gateway, error }));
  return new GsdkError({ ...whole.failure, failures: told });
}
