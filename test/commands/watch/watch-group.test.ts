import { expect, test } from 'vitest';
import { WatchGroup } from '../../../src/commands/watch/watch-group.ts';

test('without a count there is always something left', () => {
  const group = new WatchGroup();
  group.said = group.printed = 1_000_000;
  expect({ isWanted: group.isWanted, left: group.left }).toEqual({ isWanted: true, left: Number.POSITIVE_INFINITY });
});

test('the last change that is printed is wanted, and none after it', () => {
  const group = new WatchGroup(2);
  const told = [1, 2, 3].map(() => {
    group.said++;
    return group.isWanted;
  });
  group.printed = 2;
  expect({ told, left: group.left }).toEqual({ told: [true, true, false], left: 0 });
});

test('the first reason to end is the reason', () => {
  const group = new WatchGroup();
  const reasons: string[] = [];
  group.signal.addEventListener('abort', () => reasons.push(group.signal.reason));
  group.end('count');
  group.end('reader gone');
  expect(reasons).toEqual(['count']);
});
