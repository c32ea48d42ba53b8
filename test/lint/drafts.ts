import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { root } from '../support/gsdk.ts';

/** A file that might be written one day: where, and what would stand in it. */
export interface Draft {
  path: string;
  code: string;
}

/** What the linter says of a file. */
export interface Finding {
  rule: string;
  message: string;
}

/** A test case: the path, what the draft does, the draft. */
export type DraftCase = readonly [path: string, what: string, draft: Draft];

interface LintReport {
  diagnostics: { category: string; message: string; location: { path: string } }[];
}

/** Drafts of a test file, and what the linter says of them: all in one run. */
export class Drafts {
  readonly #drafts: Draft[] = [];

  /** A draft in which any code stands; `*` in the path makes a name that is not taken. */
  writes(path: string, what: string, code: string): DraftCase {
    const draft = { path: path.replace('*', `draft-${this.#drafts.length}`), code: `${code}\n` };
    this.#drafts.push(draft);
    return [path, what, draft];
  }

  /** A draft for each of these modules, of which nothing can be said but that it imports them. */
  imports(path: string, ...modules: readonly string[]): DraftCase[] {
    return modules.map((module) => this.writes(path, module, `export { thing } from '${module}';`));
  }

  /** A draft for each of these globals. */
  uses(path: string, ...globals: readonly string[]): DraftCase[] {
    return globals.map((name) => this.writes(path, name, `export const used = ${name};`));
  }

  /**
   * Writes the drafts into an empty folder beside a copy of the project's lint settings, and lints them.
   *
   * @returns what is said of a draft
   */
  async lint(folder: string): Promise<(draft: Draft) => Finding[]> {
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const { path, code } of this.#drafts) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), code);
    }
    const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const args = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', '.'];
    const { stdout } = await execa(process.execPath, [biome, ...args], { cwd: folder, reject: false, timeout: 30_000 });
    const { diagnostics } = JSON.parse(stdout) as LintReport;
    return ({ path }) =>
      diagnostics
        .filter(({ location }) => location.path.replace(/^\.\//, '') === path)
        .map(({ category, message }) => ({ rule: category, message }));
  }
}
