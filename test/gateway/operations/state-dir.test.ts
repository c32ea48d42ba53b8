import { readdirSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { stateDir } from '../../../src/gateway/operations/state-dir.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  vi.unstubAllEnvs();
  folder = realpathSync(temporaryFolder());
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('HOME', '');
  vi.stubEnv('XDG_STATE_HOME', '');
});
const fallback = `gsdk-${process.geteuid?.()}`;

test.each([
  ['XDG_STATE_HOME', { XDG_STATE_HOME: 'xdg', HOME: 'home' }, 'xdg/gsdk'],
  ['HOME', { HOME: 'home' }, 'home/.local/state/gsdk'],
])('takes the folder from %s, and creates it with mode 0700', (_name, variables, expected) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, join(folder, value));
  expect(stateDir()).toBe(join(folder, expected));
  expect(stateDir('sub')).toBe(join(folder, expected, 'sub'));
  expect(statSync(stateDir('sub')).mode & 0o777).toBe(0o700);
});

test.each(['', 'relative', './here'])('ignores XDG_STATE_HOME=%s, which is not absolute', (value) => {
  vi.stubEnv('XDG_STATE_HOME', value);
  expect(stateDir()).toBe(join(folder, fallback));
});

describe('fails with a usage error and a hint', () => {
  test.each([
    ['a HOME that cannot be written', { HOME: '/proc' }, 'Set XDG_STATE_HOME to'],
    ['an XDG_STATE_HOME that is a file', { XDG_STATE_HOME: '/dev/null' }, 'Set XDG_STATE_HOME to'],
    ['TMPDIR=/proc', { TMPDIR: '/proc' }, 'TMPDIR'],
    ['a TMPDIR that does not exist', { TMPDIR: '/nonexistent' }, 'TMPDIR'],
  ])('for %s', (_name, variables, hint) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(() => stateDir()).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: expect.stringMatching(/^cannot keep state in \/.* \(E\w+\)$/),
        failure: expect.objectContaining({ hint: expect.stringContaining(hint) }),
      }),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('for a link of this user in the temporary folder', () => {
    symlinkSync('..', join(folder, fallback));
    expect(() => stateDir()).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
