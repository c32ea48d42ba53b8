// The pages that are made from the program.
//   node tools/docs.js            writes them
//   node tools/docs.js --check    fails if one of them is not what it would write
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.js';

const gsdk = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'gsdk.js'), ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`gsdk ${args.join(' ')}: ${stderr}`);
  return stdout;
};

const cell = (value) => (value === null ? '' : `\`${value}\``);

/** docs/fidelity.md */
function fidelity() {
  const rows = JSON.parse(gsdk('emulator', 'fidelity', '--json'));
  const lines = rows.map(
    (row) => `| ${row.statement} | ${row.mark} | ${cell(row.switch)} | ${cell(row.value)} | ${row.about} |`,
  );
  return [
    '# What the embedded gateway does as real ones do',
    '',
    'Made by `node tools/docs.js` from `gsdk emulator fidelity`. The statements in full are in [gateway-behaviour.md](gateway-behaviour.md); marks are **D** documented by the vendor, **O** observed in public logs, **A** assumed. A switch decides what nobody outside the vendor knows; its value here is the default. Each statement has a test named after it in `test/emulator`.',
    '',
    '| statement | mark | switch | value | about |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

const pages = { 'docs/fidelity.md': fidelity() };
for (const [path, text] of Object.entries(pages)) {
  if (!process.argv.includes('--check')) writeFileSync(join(root, path), text);
  else if (readFileSync(join(root, path), 'utf8') !== text) {
    console.error(`${path} is out of date: node tools/docs.js`);
    process.exitCode = 1;
  }
}
