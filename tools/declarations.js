// The declaration files of the embedded gateway, for those who start it from their own programs.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { run } from './run.js';

const specifier = /(?<=from ')[^']+(?=')|(?<=import\(")[^"]+(?="\))/g;

/**
 * Writes the declarations of the emulator's door, and of all that they name and no more, so that who installs the
 * package needs none but Node's.
 *
 * @param {string} folder where to
 * @throws when they name another package
 */
export function writeDeclarations(folder) {
  const whole = mkdtempSync(join(tmpdir(), 'gsdk-types-'));
  try {
    run('tsc', ['-p', 'tools/declarations.json', '--outDir', whole]);
    copyWithNamed(join(whole, 'emulator', 'index.d.ts'), { from: whole, to: folder, done: new Set() });
  } finally {
    rmSync(whole, { recursive: true, force: true });
  }
  // What they describe is CommonJS, in a package whose other files are modules.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
}

function copyWithNamed(file, tree) {
  if (tree.done.has(file)) return;
  tree.done.add(file);
  // What is imported for what it does alone declares nothing.
  const text = readFileSync(file, 'utf8').replace(/^import '[^']+';\n/gm, '');
  const target = join(tree.to, relative(tree.from, file));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    target,
    text.replace(specifier, (name) => name.replace(/\.ts$/, '.js')),
  );
  for (const [name] of text.matchAll(specifier)) {
    if (name.startsWith('node:')) continue;
    const named = join(dirname(file), name.replace(/\.ts$/, '.d.ts'));
    if (!name.startsWith('.') || !existsSync(named)) throw new Error(`${relative(tree.from, file)} names ${name}`);
    copyWithNamed(named, tree);
  }
}
