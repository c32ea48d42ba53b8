import { describe, expect, test } from 'vitest';
import { helpArguments, topicShape, topics } from '../../../src/cli/help/help.ts';
import { settings } from '../../../src/config/settings.ts';

describe('the words after help', () => {
  const commands = { device: {}, search: {} };

  test.each([
    ['of nothing are the help of the program', ['help'], ['--help']],
    ['that name a command are its help', ['help', 'search'], ['search', '--help']],
    ['that name a verb are its help', ['help', 'device', 'ls'], ['device', 'ls', '--help']],
    ['that name a topic are left to the command help', ['help', 'exit-codes'], ['help', 'exit-codes']],
    ['that nobody knows are left to it too', ['help', 'bogus'], ['help', 'bogus']],
    ['that every object knows are known to nobody', ['help', 'toString'], ['help', 'toString']],
    ['may be options', ['help', '--json', 'output'], ['help', '--json', 'output']],
  ])('%s', (_what, argv, expected) => {
    expect(helpArguments(argv, commands)).toEqual(expected);
  });

  test.each([[[]], [['device', 'help']], [['--help']]])('stand first, or are none: %j', (argv) => {
    expect(helpArguments(argv, commands)).toEqual(argv);
  });
});

describe('the topics', () => {
  test('are those that the list of commands announces', () => {
    expect(Object.keys(topics)).toEqual(['exit-codes', 'output', 'recipes', 'environment']);
  });

  test('have rows of the same fields, every one a column', () => {
    for (const topic of Object.values(topics)) {
      const { fields, columns, isRead } = topicShape(topic);
      expect(isRead).toBe(true);
      expect(columns.map(({ field }) => field)).toEqual(fields);
      for (const row of topic.rows) expect(Object.keys(row)).toEqual(fields);
    }
  });

  test('tell of every setting by variable and flag, and of the variables that are none', () => {
    const rows = topics.environment?.rows ?? [];
    expect(rows).toHaveLength(Object.keys(settings).length + 6);
    expect(rows).toContainEqual(
      expect.objectContaining({ variable: 'GSDK_CA_FILE', flag: '--ca-file', profile: 'caFile', default: null }),
    );
    expect(rows).toContainEqual(expect.objectContaining({ variable: 'GSDK_OUTPUT', profile: null, default: 'table' }));
    expect(rows.map(({ variable }) => variable)).toEqual(
      expect.arrayContaining(['GSDK_CONFIG', 'GSDK_EMULATOR', 'NO_COLOR']),
    );
  });
});
