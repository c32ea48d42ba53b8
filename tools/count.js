// The closing line of a test run, for whoever reads only that. A run that never came to its tests is one failure.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.js';

const results = join(root, 'test-results.json');
const { numPassedTests, numFailedTests } = existsSync(results)
  ? JSON.parse(readFileSync(results, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 1 };
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
