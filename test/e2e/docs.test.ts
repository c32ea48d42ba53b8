import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

test('pages that are made from the program are as it would make them now', async () => {
  const { exitCode, stderr } = await execa(process.execPath, [join('tools', 'docs.js'), '--check'], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
