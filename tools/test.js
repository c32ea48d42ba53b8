// npm test: everything from a fresh clone to a verdict. Leaves the counts for tools/count.js.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.js';

const results = join(root, 'test-results.json');
rmSync(results, { force: true });
run('node', ['tools/build.js']);
run('biome', ['check', '--error-on-warnings']);
run('buf', ['lint']);
run('buf', ['format', '--exit-code', '--diff', 'proto']);
run('tsc', ['--noEmit']);
run('knip', []);
run('publint', ['--strict']);
run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`]);
