import { gsdk } from './gsdk.ts';

/** A line of a watch in NDJSON. */
export type Line = Record<string, unknown> & { event: string };

/** The lines that a watch has printed. */
export const linesOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** The kinds of these lines. */
export const kindsOf = (stdout: string) => linesOf(stdout).map(({ event }) => event);

/** Runs a watch in NDJSON to its end; once it is synced, `meanwhile` happens. */
export async function watched(
  args: readonly string[],
  env: Record<string, string>,
  meanwhile: () => unknown = () => {},
) {
  const child = gsdk(['watch', '-o', 'ndjson', ...args], { env });
  const until = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('"synced"') && resolve());
  });
  await Promise.race([until, child]);
  await meanwhile();
  return child;
}
