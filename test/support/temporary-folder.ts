import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of its own for a test file, with a space in its name, removed after the last test. Not to be called within a test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gsdk test '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file into a temporary folder of its own. Not to be called within a test. */
export function writtenFile(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}
