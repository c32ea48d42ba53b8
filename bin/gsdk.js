#!/usr/bin/env node
'use strict';

// Until the work is known to be done: a promise that never settles would end the process with 0.
process.exitCode = 1;

function run() {
  const { main } = require('../dist/main.cjs');
  main(process.argv.slice(2), process).then(({ exitCode, signal }) => {
    process.exitCode = exitCode;
    if (!signal) return;
    // Whoever else listens would only delay it until the process has ended otherwise.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (process.argv.length === 3 && process.argv[2] === '--version') {
  try {
    require('node:fs').writeSync(1, `${require('../package.json').version}\n`);
    process.exitCode = 0;
  } catch {
    run();
  }
} else {
  run();
}
