// npm start: from a fresh clone to the tutorial on the embedded gateway.
import { run } from './run.js';

run('node', ['tools/build.js']);
run('node', ['bin/gsdk.js', 'emulator', 'exec', '--clock', 'scaled:20', '--', 'sh', 'examples/tutorial.sh']);
