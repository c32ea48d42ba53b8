// Bundles the product: generated code, CommonJS bundles, and the notices of what is bundled.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { build, transform } from 'esbuild';
import { writeDeclarations } from './declarations.js';
import { notices } from './notices.js';
import { root, run } from './run.js';
import { decodeDescriptors } from './startup/decode-descriptors.js';
import { gatherPieces } from './startup/gather-pieces.js';
import { omitChildProcess } from './startup/omit-child-process.js';

const target = 'node20.19';
const folder = join(root, 'dist');

/** The emulator is a bundle of its own, for which the main one only has the path. */
const emulatorApart = {
  name: 'emulator-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/emulator\/index\.ts$/ }, ({ kind, path, resolveDir }) =>
      kind !== 'entry-point' && resolve(resolveDir, path) === join(root, 'src', 'emulator', 'index.ts')
        ? { path: './emulator.cjs', external: true }
        : undefined,
    ),
};

/**
 * Bundles one entry. It is bundled as modules first, because only modules are split where the source
 * loads a part on demand, and is CommonJS in the end, because the loader of modules costs each start
 * several milliseconds.
 *
 * @returns what esbuild knows of the bundle
 */
async function bundle(entry, outfile) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { [outfile]: entry },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    target,
    format: 'esm',
    // Modules even of packages that offer CommonJS too: what is not used can then be left out.
    mainFields: ['module', 'main'],
    inject: ['src/gateway/grpc/headers.ts'],
    plugins: [emulatorApart, omitChildProcess, decodeDescriptors],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const pieces = new Map();
  for (const { path, text } of outputFiles) {
    const options = { format: 'cjs', platform: 'node', target, minify: true, supported: { 'dynamic-import': false } };
    pieces.set(basename(path), (await transform(text, options)).code);
  }
  const hosts = [`${outfile}.cjs`, [...pieces.keys()].find((name) => name.startsWith('online-'))].filter(Boolean);
  for (const [name, code] of gatherPieces(pieces, hosts, metafile)) writeFileSync(join(folder, name), code);
  return metafile;
}

/** What went into each file, the largest first. */
function printSizes({ outputs }) {
  for (const [file, { bytes, inputs }] of Object.entries(outputs)) {
    const sizes = {};
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? dirname(input);
      sizes[name] = (sizes[name] ?? 0) + bytesInOutput;
    }
    const largest = Object.entries(sizes).sort((one, other) => other[1] - one[1]);
    console.log(
      `${file} ${bytes}: ${largest
        .map(([name, size]) => `${name} ${size}`)
        .slice(0, 8)
        .join(', ')}`,
    );
  }
}

run('buf', ['generate']);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const metafiles = [await bundle('src/main.ts', 'main'), await bundle('src/emulator/index.ts', 'emulator')];
writeDeclarations(join(folder, 'types'));
const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), notices(inputs));
if (process.argv.includes('--sizes')) metafiles.forEach(printSizes);
