import { describe, expect, test } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { settings, toFlag } from '../../src/config/settings.ts';
import { exitCodes } from '../../src/errors/exit-codes.ts';
import { verbs as all, groups } from '../support/command-tree.ts';
import { run } from '../support/host.ts';

const helpOf = async (words: string) => (await run([...words.split(' '), '--help'])).stdout;

test('the commands are those of the manual', () => {
  expect(all.map(([words]) => words)).toEqual([
    ...['search', 'connect', 'disconnect', 'wait', 'watch', 'device ls', 'device get', 'device exists', 'device info'],
    ...['async ls', 'async add', 'async rm'],
    ...['filter show', 'filter check', 'filter add', 'filter rm', 'filter set'],
    ...['filter allow-all', 'filter listed-only', 'filter disallow-all', 'pending ls', 'pending accept'],
    ...['ssl status', 'ssl enable', 'ssl disable', 'mode get', 'mode set'],
    ...['slave ls', 'slave add', 'slave rm', 'slave set'],
    ...['export', 'check', 'apply', 'release'],
    ...[
      'gateway ping',
      'gateway wait',
      'gateway info',
      'gateway doctor',
      'rpc',
      'config show',
      'config path',
      'config profiles',
      'config set',
      'config unset',
      'emulator exec',
      'emulator run',
      'emulator start',
      'emulator stop',
      'emulator status',
      'emulator env',
      'emulator logs',
      'emulator device ls',
      'emulator device plug',
      'emulator device unplug',
      'emulator device flap',
      'emulator device refuse',
      'emulator device reboot',
      'emulator device move',
      'emulator device set',
      'emulator device add',
      'emulator device rm',
      'emulator gateway restart',
      'emulator gateway crash',
      'emulator gateway goaway',
      'emulator gateway hang',
      'emulator gateway drop-streams',
      'emulator gateway drop-connections',
      'emulator gateway rotate-cert',
      'emulator fleet validate',
      'emulator fleet render',
      'emulator fleet new',
      'emulator fleet schema',
      'emulator clock show',
      'emulator clock advance',
      'emulator clock scale',
      'emulator fault add',
      'emulator fault ls',
      'emulator fault rm',
      'emulator fault clear',
      'emulator scenario run',
      'emulator scenario ls',
      'emulator scenario status',
      'emulator scenario stop',
      'emulator calls ls',
      'emulator calls verify',
      'emulator reset',
      'emulator events',
      'emulator fidelity',
      'schema',
      'completion',
      'help',
    ],
  ]);
});

test('no two commands share a name or an alias', () => {
  for (const entries of [commands, ...groups.map(([, group]) => group.commands)]) {
    const names = Object.entries(entries).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('ls may be written list', () => {
  for (const [words, , aliases] of all) expect(aliases.includes('list')).toBe(words.endsWith(' ls'));
});

describe.each(all)('%s', (words, { summary }) => {
  test('has a summary of one line', () => {
    expect(summary).toMatch(/^[A-Z][^\n]{10,79}[^.\s]$/);
  });

  test('takes no option that every command takes with another meaning', async () => {
    const help = (await helpOf(words)).split('\nExit codes:')[0] ?? '';
    for (const name of Object.keys(settings))
      expect(help).not.toMatch(new RegExp(`^ +(-\\w, )?${toFlag(name)}(?![\\w-])`, 'm'));
    for (const flag of ['--json', '--fields', '--quiet', '--verbose'])
      expect(help).not.toMatch(new RegExp(`^ +${flag}\\b`, 'm'));
  });
});

describe.each(all)('the help of %s', (words) => {
  test('starts with two examples or more, all of the command itself', async () => {
    const [, examples = ''] = /^Examples:\n((?: {2}.+\n)+)/.exec(await helpOf(words)) ?? [];
    const lines = examples.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(2);
    for (const line of lines) expect(line).toContain(`gsdk ${words}`);
  });

  test('ends with exit codes, known ones only, 0, 1 and 2 first', async () => {
    const [, codes = ''] = (await helpOf(words)).split('\nExit codes:\n');
    expect(codes).toMatch(/^(?: {2}\d+ +\S.*\n(?: {7}\S.*\n)*)+$/);
    const listed = [...codes.matchAll(/^ {2}(\d+) /gm)].map(([, code]) => Number(code));
    expect(listed.slice(0, 3)).toEqual([0, 1, 2]);
    for (const code of listed) expect(exitCodes.map((known) => known.code)).toContain(code);
  });
});
