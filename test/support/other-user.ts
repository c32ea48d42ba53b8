import { execFileSync } from 'node:child_process';

/** The ID of a user who is not the one that runs the tests. */
export const otherUser = 65_534;

/** Whether the tests can do something as another user. */
export const isRoot = process.geteuid?.() === 0;

/** Runs a line of shell as another user; `$1` and on are the arguments. */
export function asOtherUser(script: string, ...args: string[]): void {
  execFileSync('sh', ['-ec', script, 'sh', ...args], { uid: otherUser, gid: otherUser });
}
