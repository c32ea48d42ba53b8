// npm run build: the product from a fresh clone.
//   node tools/build.js [--sizes]
import { install } from './install.js';

install();
// What it imports is there only now.
await import('./bundle.js');
