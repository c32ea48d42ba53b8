import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export interface Life {
  pid: number;
  /** When it began, in whatever way the system tells it. */
  began: string;
}

/**
 * The process that has this number now.
 *
 * @returns `undefined` when there is none, or one that has ended and is only not yet buried
 */
export async function lifeOf(pid: number): Promise<Life | undefined> {
  const began = (await fromProc(pid)) ?? (await fromPs(pid));
  return began ? { pid, began } : undefined;
}

/** Whether a process still runs. */
export async function isAlive({ pid, began }: Life): Promise<boolean> {
  return (await lifeOf(pid))?.began === began;
}

/** Linux: empty for a process that is not there, `undefined` for a system that has no such files. */
async function fromProc(pid: number): Promise<string | undefined> {
  try {
    readFileSync('/proc/self/stat');
  } catch {
    return undefined;
  }
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program may hold spaces and brackets, so the fields are counted from its end: state is the
    // third, the start the twenty-second.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

async function fromPs(pid: number): Promise<string | undefined> {
  const { execa } = await import('execa');
  const { stdout } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], { reject: false, env: { LC_ALL: 'C' } });
  return stdout.trim() || undefined;
}
