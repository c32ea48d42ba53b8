// The pages that are made from the program.
//   node tools/docs.js            writes them
//   node tools/docs.js --check    fails if one of them is not what it would write
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { root } from './run.js';

const { main } = createRequire(import.meta.url)('../dist/main.cjs');

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

const host = (written) => {
  const stream = new Writable({
    decodeStrings: false,
    write(text, _encoding, done) {
      written.push(text);
      done();
    },
  });
  const on = () => {};
  return { env: {}, stdin: Readable.from([]), stdout: stream, stderr: stream, argv: process.argv, on, off: on };
};

/** The help of a command, asked in this process: there are many of them. */
async function helpOf(words) {
  const written = [];
  const { exitCode } = await main([...words, '--help'], host(written));
  if (exitCode !== 0) throw new Error(`gsdk ${words.join(' ')} --help: ${written.join('')}`);
  return written.join('');
}

/** The words of every command below these, in the order of the help. */
async function commandsBelow(words = []) {
  const [, list] = (await helpOf(words)).split('\nCommands:\n');
  if (list === undefined) return [words];
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name);
  return (await Promise.all(names.map((name) => commandsBelow([...words, name])))).flat();
}

const fenced = (text) => ['```text', text.trimEnd(), '```', ''];

/** docs/commands.md */
async function commands() {
  const all = await commandsBelow();
  const sections = await Promise.all(
    all.map(async (words) => [`## gsdk ${words.join(' ')}`, '', ...fenced(await helpOf(words))]),
  );
  return [
    '# Commands',
    '',
    'Made by `node tools/docs.js` from the help of the program: usage, options, examples and exit codes of every command. Formats are in [output.md](output.md), exit codes in [exit-codes.md](exit-codes.md), pipelines in `gsdk help recipes`.',
    '',
    ...all.map((words) => `- [gsdk ${words.join(' ')}](#gsdk-${words.join('-')})`),
    '',
    '## Options of every command',
    '',
    ...fenced(await helpOf([])),
    ...sections.flat(),
  ].join('\n');
}

/** What was promised before, and what is new: nothing is taken away here, so that a test can tell what is missing. */
const kept = (before, now, name = '') => {
  if (Array.isArray(before) && Array.isArray(now) && name === 'required') return [...new Set([...before, ...now])];
  if (!isPlain(before) || !isPlain(now)) return before;
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return Object.fromEntries(names.map((key) => [key, either(before, now, key)]));
};
const either = (before, now, key) =>
  key in before && key in now ? kept(before[key], now[key], key) : (before[key] ?? now[key]);
const isPlain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** test/output-schemas.json */
async function schemas() {
  const path = join(root, 'test', 'output-schemas.json');
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const now = {};
  for (const words of await commandsBelow()) {
    const written = [];
    if ((await main(['schema', ...words], host(written))).exitCode === 0)
      now[words.join(' ')] = JSON.parse(written.join(''));
  }
  return `${JSON.stringify(kept(before, now), null, 1)}\n`;
}

const pages = {
  'docs/fidelity.md': fidelity(),
  'docs/commands.md': await commands(),
  'test/output-schemas.json': await schemas(),
};
for (const [path, text] of Object.entries(pages)) {
  if (!process.argv.includes('--check')) writeFileSync(join(root, path), text);
  else if (readFileSync(join(root, path), 'utf8') !== text) {
    console.error(`${path} is out of date: node tools/docs.js`);
    process.exitCode = 1;
  }
}
