import { accessSync, chmodSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PATH, root } from './gsdk.ts';

/**
 * A PATH on which scripts find `jq`: the machine's own, else the same program compiled to WebAssembly.
 *
 * @param folder where to write the latter
 */
export function pathWithJq(folder: string): string {
  return PATH.split(delimiter).some((entry) => isExecutable(join(entry, 'jq')))
    ? PATH
    : [jqFolder(folder), PATH].join(delimiter);
}

/** Writes a `jq` for the usual calls, `jq [flags] filter` on standard input; resolves to the folder that it is in. */
export function jqFolder(folder: string): string {
  const program = join(folder, 'jq-bin', 'jq');
  mkdirSync(join(folder, 'jq-bin'), { recursive: true });
  writeFileSync(
    `${program}.mjs`,
    `import { readFileSync } from 'node:fs';
import jq from ${JSON.stringify(String(pathToFileURL(join(root, 'node_modules/jq-wasm/dist/index.js'))))};
const flags = process.argv.slice(2).filter((word) => word.startsWith('-'));
const filter = process.argv.slice(2).find((word) => !word.startsWith('-')) ?? '.';
process.stdout.write(\`\${await jq.raw(readFileSync(0, 'utf8'), filter, flags)}\\n\`);
`,
  );
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath.replaceAll("'", "'\\''")}' "$0.mjs" "$@"\n`);
  chmodSync(program, 0o755);
  return join(folder, 'jq-bin');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
