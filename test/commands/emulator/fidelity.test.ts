import { expect, test } from 'vitest';
import { run } from '../../support/host.ts';

test('every statement has a mark, and what is assumed as a switch has its value', async () => {
  const { exitCode, stdout } = await run(['emulator', 'fidelity', '--json']);
  expect(exitCode).toBe(0);
  const rows: { statement: string; mark: string; switch: string | null; value: unknown; about: string }[] =
    JSON.parse(stdout);
  expect(rows).toContainEqual(expect.objectContaining({ statement: 'F12', mark: 'A', switch: 'snapshotOnSubscribe' }));
  for (const { statement, mark, switch: name, value, about } of rows) {
    expect(statement).toMatch(/^F\d\d$/);
    expect(['D', 'O', 'A', 'M']).toContain(mark);
    expect(value === null).toBe(name === null);
    expect(about).not.toBe('');
  }
});
