// Renders a terminal session on the emulator as docs/images/session.svg. Run after `npm run build`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const commands = [
  'gsdk connect 192.168.0.104',
  'gsdk device ls --connected -o ids',
  'gsdk ssl status 544114231',
  'gsdk filter show',
  'gsdk search -o json | jq -c ".[0] | [.deviceID, .IPAddr]"',
  'gsdk device exists 846; echo "exit code $?"',
];

const script = commands.map((command) => `echo '$ ${command}'\n${command}`).join('\n');
const args = [join(root, 'bin', 'gsdk.js'), 'emulator', 'exec', '--', 'sh', '-c', `exec 2>&1\n${script}\ntrue`];
const lines = execFileSync(process.execPath, args, { encoding: 'utf8' }).trimEnd().split('\n');

const escapeXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const charWidth = 8.43;
const lineHeight = 20;
const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * charWidth) + 40;
const height = lines.length * lineHeight + 60;

const rows = lines.map((line, index) => {
  const color = line.startsWith('$ ') ? '#7ee787' : '#e6edf3';
  return `  <text x="20" y="${56 + index * lineHeight}" fill="${color}" xml:space="preserve">${escapeXml(line)}</text>`;
});

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"
  font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" role="img">
  <title>A terminal session with gsdk on the emulator</title>
  <rect width="100%" height="100%" rx="8" fill="#0d1117"/>
  <circle cx="20" cy="18" r="6" fill="#ff5f56"/>
  <circle cx="40" cy="18" r="6" fill="#ffbd2e"/>
  <circle cx="60" cy="18" r="6" fill="#27c93f"/>
${rows.join('\n')}
</svg>
`;

const folder = join(root, 'docs', 'images');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'session.svg'), svg);
