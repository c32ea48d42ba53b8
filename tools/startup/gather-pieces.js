// Puts pieces of a bundle into one file. esbuild creates a file for whatever two parts share, and loading each file
// takes up to 1 ms.
import { basename } from 'node:path';

/**
 * Moves the pieces that a host file needs immediately into that file. Other files get them from there, so each piece
 * exists once.
 *
 * @param pieces the code of each file, CommonJS, by name
 * @param hosts the files that receive the pieces, in order of priority
 * @param metafile what esbuild knows of the bundle
 * @returns the remaining files, by name
 */
export function gatherPieces(pieces, hosts, { outputs }) {
  const hostOf = hostsOf(hosts, importsIn(outputs));
  const files = new Map();
  for (const [name, code] of pieces) {
    if (hostOf.has(name)) continue;
    const own = [...hostOf].filter(([, host]) => host === name).map(([piece]) => piece);
    files.set(name, redirectRequires(own.length === 0 ? code : embedPieces(code, own, pieces), name, hostOf));
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

/** Returns the host file of each piece that a host needs immediately. */
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
 * Returns the code of a host with its pieces. Each piece runs when it is first required. The parentheses around each
 * function make V8 compile it immediately: otherwise it parses the function twice.
 */
function embedPieces(code, own, pieces) {
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

/** Redirects calls of `require` for pieces that are part of a host file. */
const redirectRequires = (code, name, hostOf) =>
  code.replace(/require\("\.\/([\w.-]+\.cjs)"\)/g, (call, wanted) => {
    const host = hostOf.get(wanted);
    return host === undefined || host === name ? call : `require("./${host}").piece("./${wanted}")`;
  });
