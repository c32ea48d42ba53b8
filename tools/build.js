// Builds the product: generated code, two CommonJS bundles, and the notices of what is bundled.
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { notices } from './notices.js';
import { root, run } from './run.js';

run('buf', ['generate']);
rmSync(join(root, 'dist'), { recursive: true, force: true });

// The emulator is a bundle of its own, loaded only when asked for; the main bundle refers to it.
const emulatorApart = {
  name: 'emulator-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/emulator\/index\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './emulator.cjs', external: true },
    );
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts', emulator: 'src/emulator/index.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  mainFields: ['module', 'main'],
  metafile: true,
  logLevel: 'warning',
  plugins: [emulatorApart],
});

writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), notices(Object.keys(metafile.inputs)));
if (process.argv.includes('--sizes')) {
  for (const [file, { bytes, inputs }] of Object.entries(metafile.outputs)) {
    console.log(file, bytes);
    const sizes = {};
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? dirname(input);
      sizes[name] = (sizes[name] ?? 0) + bytesInOutput;
    }
    console.log(
      Object.entries(sizes)
        .sort((one, other) => other[1] - one[1])
        .slice(0, 25),
    );
  }
}
