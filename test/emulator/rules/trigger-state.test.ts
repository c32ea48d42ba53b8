import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Trigger, TriggerState } from '../../../src/emulator/rules/trigger-state.ts';

const always: Trigger = {
  fromMs: 0,
  untilMs: Number.POSITIVE_INFINITY,
  ...{ isAwaited: false, every: undefined, nth: undefined, times: undefined, rate: undefined },
};
const turns = (trigger: Partial<Trigger>, seed = 1, id = 'a') =>
  new TriggerState({ ...always, ...trigger }, { seed, id });

/** At which of the next occasions it fires, from 1. */
const firesAt = (one: TriggerState, occasions: number, ageMs = 0, deviceIDs: number[] = []) =>
  Array.from({ length: occasions }, (_, index) => (one.take(ageMs, deviceIDs) ? index + 1 : 0)).filter(Boolean);

test.each<[Partial<Trigger>, number[]]>([
  [{}, [1, 2, 3, 4, 5, 6, 7]],
  [{ every: 3 }, [3, 6]],
  [{ nth: 3 }, [3]],
  [{ times: 2 }, [1, 2]],
  [{ every: 2, times: 2 }, [2, 4]],
  [{ rate: 1 }, [1, 2, 3, 4, 5, 6, 7]],
  [{ rate: 0 }, []],
  [{ isAwaited: true }, []],
])('%j fires at %j of 7', (trigger, expected) => {
  const one = turns(trigger);
  expect(firesAt(one, 7)).toEqual(expected);
  expect(one.fired).toBe(expected.length);
});

test('what lies outside its time does not count', () => {
  const one = turns({ fromMs: 10, untilMs: 20, nth: 2 });
  expect(firesAt(one, 5, 9)).toEqual([]);
  expect(firesAt(one, 2, 10)).toEqual([2]);
  expect(firesAt(one, 5, 20)).toEqual([]);
  expect(one.matched).toBe(2);
});

test('it counts from its event on', () => {
  const one = turns({ isAwaited: true, nth: 2 });
  expect(firesAt(one, 5)).toEqual([]);
  one.arm();
  expect(firesAt(one, 5)).toEqual([2]);
});

test('what another rule has decided counts, and is not fired', () => {
  const one = turns({ nth: 2 });
  one.pass(0);
  expect(firesAt(one, 1)).toEqual([1]);
  expect(one).toMatchObject({ matched: 2, fired: 1 });
});

test('a rate is kept over many', () => {
  const count = firesAt(turns({ rate: 0.2 }), 10_000, 0, [7]).length;
  expect(count).toBeGreaterThan(1_850);
  expect(count).toBeLessThan(2_150);
});

test('chance depends on seed, rule, device and count, and on no order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 50 }), (order) => {
      const inOrder = (deviceIDs: readonly number[]) => {
        const one = turns({ rate: 0.5 });
        const outcomes = deviceIDs.map((deviceID) => [deviceID, one.take(0, [deviceID]) !== undefined] as const);
        return [1, 2, 3, 4, 5].map((wanted) => outcomes.filter(([deviceID]) => deviceID === wanted));
      };
      expect(inOrder([...order].sort((a, b) => a - b))).toEqual(inOrder(order));
    }),
  );
  const outcomes = (seed: number, id: string) => firesAt(turns({ rate: 0.5 }, seed, id), 100, 0, [7]);
  expect(outcomes(1, 'a')).toEqual(outcomes(1, 'a'));
  expect(outcomes(2, 'a')).not.toEqual(outcomes(1, 'a'));
  expect(outcomes(1, 'b')).not.toEqual(outcomes(1, 'a'));
});

test('of several devices chance takes some', () => {
  const deviceIDs = Array.from({ length: 100 }, (_, index) => index + 1);
  const chosen = turns({ rate: 0.3 }).take(0, deviceIDs) ?? [];
  expect(chosen.length).toBeGreaterThan(15);
  expect(chosen.length).toBeLessThan(45);
});
