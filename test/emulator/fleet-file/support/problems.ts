import { readFleetFile } from '../../../../src/emulator/fleet-file/fleet-file.ts';
import { FileError } from '../../../../src/emulator/fleet-file/problem.ts';

/** Everything wrong with a file, as it is told. */
export function problemsOf(text: string): string[] {
  try {
    readFleetFile(text, 'f');
    return [];
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.problems.map(({ source, line, column, message }) => `${source}:${line}:${column}: ${message}`);
  }
}
