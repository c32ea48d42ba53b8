// The licences of what is bundled, as their own texts demand.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.js';

/**
 * The text of THIRD_PARTY_NOTICES.
 *
 * @param inputs the files that went into the bundles, relative to the project
 */
export function notices(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  const packages = [...folders].map(describe).sort((one, other) => (one.title < other.title ? -1 : 1));
  const head = 'gsdk is distributed with the following packages bundled into it, each under its own licence.\n';
  return [head, ...packages.map(({ title, text }) => `${'-'.repeat(78)}\n${title}\n\n${text.trim()}\n`)].join('\n');
}

function describe(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const by = typeof author === 'object' ? author.name : author;
  const text = file
    ? readFileSync(join(root, folder, file), 'utf8')
    : `Licence: ${license}${by ? `\nAuthor: ${by}` : ''}`;
  return { title: `${name} ${version} (${license})`, text: text.replaceAll('\r\n', '\n') };
}
