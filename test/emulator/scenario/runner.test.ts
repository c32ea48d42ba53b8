import { expect, test } from 'vitest';
import { parseScenario } from '../../../src/emulator/index.ts';
import { visit } from '../support/visit.ts';

const steps = [{ at: '10s', do: 'unplug', deviceIDs: [846] }];

test('scenarios have numbers in the order in which they began, and one can be stopped', async () => {
  const { clock, emulator } = await visit();
  const { stage } = emulator;
  const first = stage.run(parseScenario({ steps }, emulator), 'first');
  clock.advance(1_000);
  stage.run(parseScenario({ steps }, emulator), 'second');
  expect(stage.runs).toMatchObject([
    { number: 1, name: 'first', time: 1_700_000_000_500, isStopped: false },
    { number: 2, name: 'second', time: 1_700_000_001_500, isStopped: false },
  ]);
  expect(stage.stop(1)).toMatchObject([{ name: 'first', isStopped: true }]);
  expect(stage.stop(3)).toEqual([]);
  clock.advance(60_000);
  expect(stage.runs.map(({ report }) => report()[0]?.state)).toEqual(['waiting', 'done']);
  stage.clear();
  expect(stage.runs).toEqual([]);
  expect(first.report()).toMatchObject([{ state: 'waiting' }]);
});
