import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import type { Host, Interruption } from '../../src/cli/host.ts';
import { listenForSignals } from '../../src/cli/output/stream-writer.ts';
import { Session } from '../../src/cli/session.ts';
import { main } from '../../src/main.ts';

/** What surrounds a run; by default an empty environment, empty standard input, and pipes. */
export interface HostOptions {
  env?: Record<string, string>;
  /** What standard input holds, or the stream itself. */
  stdin?: string | (Readable & { isTTY?: boolean });
  /** The width of the terminal that all three streams are; pipes without. */
  columns?: number;
  /** How a piece of standard output is taken; it is captured without. */
  onOutput?: (text: string, done: (error?: Error | null) => void) => void;
}

/** A process that is none: what the program writes is captured, and signals are sent by hand. */
export interface FakeHost extends Host {
  readonly written: { stdout: string; stderr: string };
  send(signal: Interruption): void;
  /** How many listeners there are for signals. */
  listeners(): number;
}

/** Makes a fake of the process around a run. */
export function fakeHost({ env = {}, stdin = '', columns, onOutput }: HostOptions = {}): FakeHost {
  const written = { stdout: '', stderr: '' };
  const signals = new EventEmitter();
  const terminal = columns === undefined ? {} : { isTTY: true, columns };
  const stream = (name: 'stdout' | 'stderr', take?: HostOptions['onOutput']) => {
    const capture: HostOptions['onOutput'] = (text, done) => {
      written[name] += text;
      done();
    };
    const write = (text: string, _encoding: string, done: () => void) => (take ?? capture)(text, done);
    return Object.assign(new Writable({ decodeStrings: false, write }), terminal);
  };
  const host: FakeHost = {
    env,
    stdin: Object.assign(typeof stdin === 'string' ? Readable.from([stdin].filter(Boolean)) : stdin, terminal),
    stdout: stream('stdout', onOutput),
    stderr: stream('stderr'),
    argv: [process.execPath, import.meta.filename],
    pid: process.pid,
    on: (signal, listener) => signals.on(signal, listener),
    off: (signal, listener) => signals.off(signal, listener),
    kill: (pid, signal) => process.kill(pid, signal),
    written,
    send: (signal) => signals.emit(signal, signal),
    listeners: () => signals.eventNames().reduce((sum, name) => sum + signals.listenerCount(name), 0),
  };
  return host;
}

/** A session on a fake host. */
export function fakeSession(options: HostOptions = {}) {
  const host = fakeHost(options);
  return { host, session: new Session(host, listenForSignals(host)) };
}

/** Runs a command line within this process, and tells how it ended and what it wrote. */
export async function run(argv: readonly string[], options: HostOptions = {}) {
  const host = fakeHost(options);
  const ending = await main(argv, host);
  return { ...ending, ...host.written };
}
