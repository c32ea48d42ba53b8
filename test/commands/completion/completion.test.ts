import { describe, expect, test } from 'vitest';
import { verbs } from '../../support/command-tree.ts';
import { run } from '../../support/host.ts';

const script = async (shell: string) => {
  const { exitCode, stdout, stderr } = await run(['completion', shell]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
};

describe.each(['bash', 'zsh', 'fish'])('for %s', (shell) => {
  test('every command has its place', async () => {
    const text = await script(shell);
    expect(verbs.filter(([words]) => !text.includes(`' ${words}'`)).map(([words]) => words)).toEqual([]);
  });

  test('the first line tells how it is used', async () => {
    const [first] = (await script(shell)).split('\n');
    expect(first).toBe(
      `# Completion of gsdk for ${shell}: ${shell === 'fish' ? 'gsdk completion fish | source' : `source <(gsdk completion ${shell})`}`,
    );
  });
});

test('what is said of a thing cannot end its quotes in fish', async () => {
  const lines = (await script('fish')).split('\n').filter((line) => line.startsWith('complete '));
  const isWhole = /^complete(?: -\w+| -[nad] (?:"[^"]*"|'(?:[^'\\]|\\[\\'])*')| [\w:.-]+)+$/;
  expect(lines.filter((line) => !isWhole.test(line))).toEqual([]);
  expect(lines.length).toBeGreaterThan(200);
});

test('another shell is refused', async () => {
  expect(await run(['completion', 'tcsh'])).toMatchObject({ exitCode: 2, stdout: '' });
});
