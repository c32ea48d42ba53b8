import { expect } from 'vitest';
import { gsdk, type ProcessOptions } from './gsdk.ts';

/** What an error says in JSON. */
export interface ErrorObject {
  id: string;
  class: string;
  exitCode: number;
  code: string | null;
  message: string;
  hint: string | null;
  target: string | null;
  profile: string | null;
  gateway: string | null;
  stage: string;
  retryable: boolean;
  outcome: string;
  /** Only where a change was refused because it would have shut them out. */
  lockedOut?: number[];
}

/** How a run is expected to fail. */
export interface ExpectedFailure {
  exitCode: number;
  class: string;
  stage: 'cli' | 'transport' | 'gateway' | 'device';
  /** What the line says. */
  says: string | RegExp;
  /** What the hint says. */
  hints?: string | RegExp;
}

const members: (keyof ErrorObject)[] = [
  'id',
  'class',
  'exitCode',
  'code',
  'message',
  'hint',
  'target',
  'profile',
  'gateway',
];
const lastMembers: (keyof ErrorObject)[] = ['stage', 'retryable', 'outcome'];

/** The error object that is the one line of standard error. */
export function errorOf(stderr: string): ErrorObject {
  expect(stderr).toMatch(/^[^\n]+\n$/);
  const document = JSON.parse(stderr) as { error: ErrorObject };
  expect(Object.keys(document)).toEqual(['error']);
  const { lockedOut: _, ...others } = document.error;
  expect(Object.keys(others)).toEqual([...members, ...lastMembers]);
  return document.error;
}

/**
 * Runs a command for people and for programs, and checks that both fail as expected: one line and one
 * hint, or one object; the same words; nothing on standard output.
 */
export async function expectFailure(args: readonly string[], options: ProcessOptions, expected: ExpectedFailure) {
  const [text, json] = await Promise.all([gsdk(args, options), gsdk(['-o', 'json', ...args], options)]);
  const error = errorOf(json.stderr);
  const { exitCode, says, hints = /./, ...exact } = expected;
  expect(error).toMatchObject({ exitCode, ...exact });
  expect(error.message).toMatch(says);
  expect(error.hint).toMatch(hints);
  expect(text.stderr).toBe(`gsdk: ${error.message}\nhint: ${error.hint}\n`);
  expect([text.exitCode, json.exitCode]).toEqual([exitCode, exitCode]);
  expect([text.stdout, json.stdout]).toEqual(['', '']);
  return { error, durationMs: Math.max(text.durationMs, json.durationMs) };
}
