// npm start: from a fresh clone to the tutorial on the embedded gateway.
import { install } from './install.js';
import { run } from './run.js';

install();
run('node', ['tools/build.js']);
run('node', ['bin/gsdk.js', 'emulator', 'exec', '--', 'sh', 'examples/tutorial.sh']);
