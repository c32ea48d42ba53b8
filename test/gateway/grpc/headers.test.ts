import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Headers as Ours } from '../../../src/gateway/grpc/headers.ts';
import { always } from '../../support/always.ts';

const NodesOwn = globalThis.Headers;
type Any = Ours | InstanceType<typeof NodesOwn>;

const name = fc.constantFrom('grpc-status', 'Grpc-Status', 'content-type', 'TE', 'x-1', 'x-bin');
const value = fc.stringMatching(/^[ \t]{0,2}[!-~]([ -~\t]{0,10}[!-~])?[ \t]{0,2}$|^$/);
const operation = fc.oneof(
  fc.record({ kind: fc.constant('append' as const), name, value }),
  fc.record({ kind: fc.constant('set' as const), name, value }),
  fc.record({ kind: fc.constant('delete' as const), name }),
  fc.record({ kind: fc.constant('get' as const), name }),
  fc.record({ kind: fc.constant('has' as const), name }),
);

/** Does one thing to headers, and returns what they answer. */
function apply(headers: Any, step: typeof operation extends fc.Arbitrary<infer T> ? T : never): unknown {
  if (step.kind === 'append' || step.kind === 'set') return headers[step.kind](step.name, step.value);
  return headers[step.kind](step.name);
}

/** The entries in one order: Node's own come sorted, ours as they were set. */
const entriesOf = (headers: Any) => [...headers].toSorted(([one], [other]) => (one < other ? -1 : 1));

test('after any operations it answers as those of Node do, and holds the same', () => {
  always(
    fc.array(operation),
    (steps) => {
      const [ours, theirs] = [new Ours(), new NodesOwn()];
      for (const step of steps) expect(apply(ours, step)).toEqual(apply(theirs, step));
      expect(entriesOf(ours)).toEqual(entriesOf(theirs));
    },
    1000,
  );
});

describe('a new one', () => {
  const entries = fc.array(fc.tuple(name, value));

  test('of entries is as that of Node', () => {
    always(entries, (entries) => expect(entriesOf(new Ours(entries))).toEqual(entriesOf(new NodesOwn(entries))));
  });

  test('of an object is as that of Node', () => {
    always(entries.map(Object.fromEntries), (init) => {
      expect(entriesOf(new Ours(init))).toEqual(entriesOf(new NodesOwn(init)));
    });
  });

  test('of another one is a copy, of either kind', () => {
    always(entries, (entries) => {
      const source = new Ours(entries);
      const copy = new Ours(source);
      source.set('x-later', 'not in the copy');
      const theirs = new NodesOwn(new NodesOwn(entries));
      expect(entriesOf(copy)).toEqual(entriesOf(theirs));
      expect(entriesOf(new Ours(new NodesOwn(entries)))).toEqual(entriesOf(theirs));
    });
  });
});

test('every way to go through it tells the same', () => {
  always(fc.array(fc.tuple(name, value)), (entries) => {
    const headers = new Ours(entries);
    const seen: [string, string][] = [];
    headers.forEach((value, name, self) => {
      expect(self).toBe(headers);
      seen.push([name, value]);
    });
    expect(seen).toEqual([...headers]);
    expect([...headers.entries()]).toEqual(seen);
  });
});
