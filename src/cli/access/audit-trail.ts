import { closeSync, writeSync } from 'node:fs';
import { escapeControlCharsInJson } from '../../base/escape-control-chars.ts';
import { openToAppend, UntrustedPathError } from '../../base/trusted-path.ts';
import { GsdkError } from '../../errors/gsdk-error.ts';
import type { WriteTarget } from '../../gateway/gateway.ts';
import type { Result, Row } from '../../render/view.ts';

/** The run that is recorded: who asked for what, where. */
export interface AuditedRun {
  /** The command line, without the program. */
  argv: readonly string[];
  pid: number;
  profile: string | null;
  gateway: string | null;
}

/** How a write ended. */
export interface AuditedEnd {
  /** Its result, if it came to one. */
  result: Result | undefined;
  exitCode: number;
  outcome: string;
}

/**
 * The record of the writes of a run: a line before its first call, so that an interrupted one is on record too, and
 * one when it has ended. A line is one JSON object, appended at one go; the file can be read by its owner alone.
 */
export class AuditTrail {
  readonly #path: string;
  readonly #run: AuditedRun;
  #begun: { time: string; targets: readonly WriteTarget[] } | undefined;

  constructor(path: string, run: AuditedRun) {
    this.#path = path;
    this.#run = run;
  }

  /** Whether there is a line of this run. */
  get hasBegun(): boolean {
    return this.#begun !== undefined;
  }

  /**
   * Records that a write begins, once more if it comes to more devices than were named before.
   *
   * @throws GsdkError CONFLICT when that cannot be recorded, USAGE when another user could have prepared the file: then
   *   nothing may be sent
   */
  begin(targets: readonly WriteTarget[]): void {
    const time = new Date().toISOString();
    const began = this.#begun?.time ?? time;
    try {
      this.#append({ event: 'begin', time, began, ...this.#of(), devices: targets });
    } catch (error) {
      throw refused(this.#path, error as NodeJS.ErrnoException);
    }
    this.#begun = { time: began, targets };
  }

  /** Records how the write ended. @throws GsdkError (INTERNAL) when that cannot be recorded; it is done all the same */
  end({ result, exitCode, outcome }: AuditedEnd): void {
    const { time: began = '', targets = [] } = this.#begun ?? {};
    const devices = resultsIn(result) ?? targets;
    const row = { event: 'end', time: new Date().toISOString(), began, ...this.#of(), devices, outcome, exitCode };
    try {
      this.#append(row);
    } catch (error) {
      throw lost(this.#path, error as NodeJS.ErrnoException);
    }
  }

  #of(): Row {
    const { profile, gateway, pid, argv } = this.#run;
    return { profile, gateway, pid, argv };
  }

  #append(row: Row): void {
    const line = Buffer.from(`${escapeControlCharsInJson(JSON.stringify(row))}\n`);
    const file = openToAppend(this.#path);
    try {
      // One write, as others may append at the same time.
      if (writeSync(file, line) < line.length) throw Object.assign(new Error('cut short'), { code: 'ENOSPC' });
    } finally {
      closeSync(file);
    }
  }
}

/** What became of each device, where the result tells. */
function resultsIn(result: Result | undefined): Row[] | undefined {
  const told = result?.rows.filter((row) => 'outcome' in row) ?? [];
  if (told.length === 0) return undefined;
  return told.map(({ deviceID = null, address, outcome = null, changed = null }) => ({
    ...{ deviceID, ...(address !== undefined && { address }), outcome, changed },
  }));
}

const refused = (path: string, error: NodeJS.ErrnoException) =>
  new GsdkError({
    class: error instanceof UntrustedPathError ? 'USAGE' : 'CONFLICT',
    message: `this write cannot be recorded in the audit file ${path} (${error.code ?? error.message}); nothing was sent`,
    hint: 'see where that file is named: gsdk config show',
    stage: 'cli',
  });

const lost = (path: string, { code, message }: NodeJS.ErrnoException) =>
  new GsdkError({
    class: 'INTERNAL',
    message: `the write is done, but how it ended is not in the audit file ${path} (${code ?? message})`,
    hint: 'look what became of it: gsdk device ls',
    stage: 'cli',
    outcome: 'applied',
  });
