// Replaces node:child_process inside commander, which gsdk does not use there: loading the module takes 1 ms.
import { join } from 'node:path';

/** An esbuild plugin. */
export const omitChildProcess = {
  name: 'omit-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes(join('node_modules', 'commander')) ? { path: 'none', namespace: 'empty' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
  },
};
