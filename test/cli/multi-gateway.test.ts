import { describe, expect, test } from 'vitest';
import { GatewayAccess } from '../../src/cli/access/gateway-access.ts';
import { multiGatewayShape, queryGateways } from '../../src/cli/multi-gateway.ts';
import { resolveConfiguration } from '../../src/config/resolve.ts';
import { GsdkError } from '../../src/errors/gsdk-error.ts';
import type { Result } from '../../src/render/view.ts';
import { fakeHost } from '../support/host.ts';
import { writtenFile } from '../support/temporary-folder.ts';

const config = writtenFile('config.json', '{"profiles":{"a":{"gateway":"gw1"},"b":{"gateway":"gw2"},"c":{}}}');
const accesses = ['a', 'b', 'c'].map((profile) => {
  const run = { host: fakeHost(), argv: [], signal: new AbortController().signal, onDetail: () => {} };
  return new GatewayAccess(resolveConfiguration({ profile }, { GSDK_CONFIG: config }), run, true);
});
const failing = (exitClass: 'UNREACHABLE' | 'AUTH_TLS' | 'PARTIAL' | 'NOT_FOUND') =>
  new GsdkError({ class: exitClass, message: `it is ${exitClass}`, hint: 'look', stage: 'gateway' });
const ask = (answers: Record<string, Result | GsdkError>) =>
  queryGateways(accesses, async ({ context }) => {
    const answer = answers[context.profile ?? ''] ?? { rows: [] };
    if (answer instanceof GsdkError) throw answer;
    return answer;
  });

test('the shape has the profile first, and is a list', () => {
  const shape = { isRead: true, isObject: true, fields: ['allowAll'], columns: [{ field: 'allowAll', header: 'ALL' }] };
  expect(multiGatewayShape(shape as never)).toEqual({
    isRead: true,
    fields: ['profile', 'allowAll'],
    columns: [
      { field: 'profile', header: 'PROFILE' },
      { field: 'allowAll', header: 'ALL' },
    ],
  });
});

describe('answers', () => {
  test('come in the order of the profiles, whoever answers first', async () => {
    const rows = (...ids: number[]) => ({ rows: ids.map((id) => ({ id })) });
    const slow = async (result: Result) => {
      await new Promise(setImmediate);
      return result;
    };
    const { rows: all } = await queryGateways(accesses, ({ context }) =>
      context.profile === 'a' ? slow(rows(1, 2)) : Promise.resolve(rows(3)),
    );
    expect(all).toEqual([
      { profile: 'a', id: 1 },
      { profile: 'a', id: 2 },
      { profile: 'b', id: 3 },
      { profile: 'c', id: 3 },
    ]);
  });

  test('that are no at one of them are no', async () => {
    expect(await ask({ b: { rows: [], exitCode: 8 } })).toMatchObject({ exitCode: 8, failure: undefined });
    expect(await ask({})).toMatchObject({ exitCode: 0, failure: undefined });
  });

  test('that print nothing as a table print nothing together, and one that prints something is a table', async () => {
    const nothing = { rows: [{ id: 1 }], text: '' };
    expect((await ask({ a: nothing, b: nothing, c: nothing })).text).toBe('');
    expect((await ask({ a: nothing, b: { rows: [{ id: 2 }] }, c: nothing })).text).toBeUndefined();
  });
});

describe('failures', () => {
  test.each<[string, Record<string, Result | GsdkError>, number]>([
    ['some of each', { a: failing('UNREACHABLE') }, 7],
    ['a result that bears one', { a: { rows: [], failure: failing('NOT_FOUND') } }, 7],
    ['beside an answer that is no', { a: failing('UNREACHABLE'), b: { rows: [], exitCode: 8 } }, 7],
    [
      'the same in all, with rows',
      {
        a: { rows: [{ id: 1 }], failure: failing('PARTIAL') },
        b: { rows: [], failure: failing('PARTIAL') },
        c: { rows: [], failure: failing('PARTIAL') },
      },
      7,
    ],
    [
      'several in all, one of which has rows',
      { a: failing('UNREACHABLE'), b: failing('AUTH_TLS'), c: { rows: [{ id: 1 }], failure: failing('NOT_FOUND') } },
      6,
    ],
  ])('%s', async (_what, answers, exitCode) => {
    const { failure } = await ask(answers);
    expect(failure?.exitCode).toBe(exitCode);
    for (const [profile, answer] of Object.entries(answers)) {
      if (answer instanceof GsdkError) expect(failure?.message).toContain(`${profile}: ${answer.message}`);
    }
  });

  test('of all of them are thrown: there is nothing to print', async () => {
    const lost = failing('UNREACHABLE');
    await expect(ask({ a: lost, b: lost, c: lost })).rejects.toMatchObject({
      exitCode: 5,
      failure: {
        failures: [
          { profile: 'a', gateway: 'gw1:4000', error: lost },
          { profile: 'b', gateway: 'gw2:4000', error: lost },
          { profile: 'c', gateway: null, error: lost },
        ],
      },
    });
  });
});
