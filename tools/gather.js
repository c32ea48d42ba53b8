// Puts pieces of a bundle into one file: esbuild makes a file of whatever two parts share, and each costs a start
// up to a millisecond.
import { basename } from 'node:path';

/**
 * Moves what some pieces need at once into their own files. Whoever else needs it gets it from there, so that
 * everything is there once.
 *
 * @param pieces the code of each file, CommonJS, by name
 * @param hosts the files that take in what they need; the first ones first
 * @param metafile what esbuild knows of the bundle
 * @returns the files that are left, by name
 */
export function gathered(pieces, hosts, { outputs }) {
  const hostOf = hostsOf(hosts, importsIn(outputs));
  const files = new Map();
  for (const [name, code] of pieces) {
    if (hostOf.has(name)) continue;
    const own = [...hostOf].filter(([, host]) => host === name).map(([piece]) => piece);
    files.set(name, redirected(own.length === 0 ? code : housed(code, own, pieces), name, hostOf));
  }
  return files;
}

const importsIn = (outputs) =>
  new Map(
    Object.entries(outputs).map(([path, { imports }]) => [
      basename(path),
      imports
        .filter(({ kind, external }) => kind === 'import-statement' && !external)
        .map(({ path: to }) => basename(to)),
    ]),
  );

/** In whose file each piece is that a host needs at once. */
function hostsOf(hosts, importsOf) {
  const hostOf = new Map();
  for (const host of hosts) {
    for (const name of closure(host, importsOf)) if (!hosts.includes(name) && !hostOf.has(name)) hostOf.set(name, host);
  }
  return hostOf;
}

function closure(name, importsOf, seen = new Set()) {
  for (const next of importsOf.get(name) ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    closure(next, importsOf, seen);
  }
  return seen;
}

/**
 * A file with pieces in it, each run when it is first asked for, as `require` does. Its own code stays at the top. The
 * brackets around each tell V8 to compile it at once: what it takes for unwanted it goes through twice.
 */
function housed(code, own, pieces) {
  const bodies = own.map(
    (name) => `${JSON.stringify(`./${name}`)}:(function(module,exports,require){${pieces.get(name)}\n})`,
  );
  const names = new RegExp(`\\brequire\\((?="\\./(?:${own.join('|').replaceAll('.', '\\.')})")`, 'g');
  return [
    `"use strict";const pieceBodies={${bodies.join(',\n')}},piecesMade={};`,
    'function piece(name){let one=piecesMade[name];if(!one){one=piecesMade[name]={exports:{}};' +
      'pieceBodies[name](one,one.exports,need)}return one.exports}',
    'function need(name){return pieceBodies[name]?piece(name):require(name)}',
    code.replace(/^"use strict";/, '').replace(names, 'piece('),
    'Object.defineProperty(module.exports,"piece",{value:piece});\n',
  ].join('\n');
}

/** Pieces that live in the file of another are asked of that file. */
const redirected = (code, name, hostOf) =>
  code.replace(/require\("\.\/([\w.-]+\.cjs)"\)/g, (call, wanted) => {
    const host = hostOf.get(wanted);
    return host === undefined || host === name ? call : `require("./${host}").piece("./${wanted}")`;
  });
