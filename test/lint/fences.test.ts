import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Draft, Drafts, type Finding } from './drafts.ts';

const folder = temporaryFolder();
const drafts = new Drafts();
const imports = drafts.imports.bind(drafts);

const roomsOfOurs = ['cli', 'commands', 'gateway', 'render', 'config', 'errors'];
const commandRooms = ['commands', 'commands/device', 'commands/emulator', 'commands/emulator/instance'];
const tableless = ['cli', 'config', 'errors', 'gateway', ...commandRooms, 'emulator', 'emulator/world'];
const wire = ['@connectrpc/connect', '@connectrpc/connect-node', '@connectrpc/connect/protocol', '@grpc/grpc-js'];
const timers = ['node:timers', 'node:timers/promises', 'node:perf_hooks'];
const emulatorPaths = ['src/emulator/*.ts', 'src/emulator/server/*.ts'];
const anotherPart = "export { createGrpcTransport } from '@connectrpc/connect-node';";
const client = "export { createClient } from '@connectrpc/connect';";

const ofTables = 'only render knows a table library';
const refused = [
  [
    'only commands/emulator may see the embedded gateway',
    [
      ...roomsOfOurs.flatMap((room) =>
        imports(`src/${room}/*.ts`, '../emulator/index.ts', '../emulator/world/world.ts'),
      ),
      ...imports('src/commands/device/*.ts', '../../emulator/index.ts'),
      ...imports('src/main.ts', './emulator/index.ts'),
    ],
  ],
  [ofTables, tableless.flatMap((room) => imports(`src/${room}/*.ts`, 'cli-table3'))],
  [
    'commands ask through the Gateway interface of src/gateway',
    commandRooms.flatMap((room) => imports(`src/${room}/*.ts`, ...wire)),
  ],
  [
    'base imports nothing of ours',
    imports('src/base/*.ts', '../errors/gsdk-error.ts', '../gen/connect_pb.ts', '../main.ts'),
  ],
  [
    'the emulator sees of our rooms only gen and base',
    [
      ...imports('src/emulator/*.ts', ...roomsOfOurs.map((room) => `../${room}/x.ts`), '../main.ts'),
      ...imports('src/emulator/world/*.ts', ...roomsOfOurs.map((room) => `../../${room}/x.ts`), '../../main.ts'),
    ],
  ],
  [
    'the emulator knows neither a command line nor a client',
    [
      ...emulatorPaths.flatMap((path) => imports(path, 'commander', '@commander-js/extra-typings')),
      ...imports('src/emulator/*.ts', '@connectrpc/connect'),
    ],
  ],
  [
    'of connect the emulator may use what its control service answers with only',
    [drafts.writes('src/emulator/control/*.ts', 'a client', client)],
  ],
  [
    'of connect the control commands may use its client only',
    imports('src/commands/emulator/control/*.ts', '@connectrpc/connect'),
  ],
  [
    'of connect-node the control commands may use its own protocol only',
    [drafts.writes('src/commands/emulator/control/*.ts', 'the way to gateways', anotherPart)],
  ],
  [
    'of connect-node the emulator may use the server adapter only',
    emulatorPaths.map((path) => drafts.writes(path, 'another part of connect-node', anotherPart)),
  ],
  ['time is injected: use the Clock of src/emulator/clock', emulatorPaths.flatMap((path) => imports(path, ...timers))],
] as const;

const otherWays = [
  "export const load = () => import('cli-table3');",
  "import type Table from 'cli-table3';\nexport type Grid = Table;",
  "export * from 'cli-table3';",
  "import Table from 'cli-table3';\nexport const grid = new Table();",
].map((code) => drafts.writes('src/commands/device/*.ts', code, code));

const circle = [
  drafts.writes('src/cli/circle-one.ts', '', "import { two } from './circle-two.ts';\nexport const one = () => two;"),
  drafts.writes('src/cli/circle-two.ts', '', "import { one } from './circle-one.ts';\nexport const two = () => one;"),
];

const allowed = [
  ...imports('src/render/*.ts', 'cli-table3', '../base/printable.ts'),
  ...imports('src/commands/emulator/*.ts', '../../emulator/index.ts', '../../cli/session.ts', 'execa'),
  ...imports('src/commands/device/*.ts', '../../gateway/gateway.ts', 'commander', 'p-map', '../../gen/connect_pb.ts'),
  ...imports('src/commands/index.ts', './emulator/exec.ts'),
  ...imports('src/gateway/*.ts', ...wire),
  ...imports('src/base/*.ts', './address.ts', 'node:net'),
  ...imports('src/emulator/*.ts', '../base/address.ts', '../gen/connect_pb.ts', './world/world.ts', '@grpc/grpc-js'),
  ...imports('src/emulator/world/*.ts', '../../base/address.ts', '../clock/clock.ts', '@bufbuild/protobuf'),
  ...imports('test/e2e/*.ts', '../../src/emulator/index.ts', '@grpc/grpc-js'),
  drafts.writes('src/commands/emulator/control/*.ts', 'a client of the control service', client),
  drafts.writes(
    'src/emulator/control/*.ts',
    'errors of connect',
    "export { Code, ConnectError } from '@connectrpc/connect';",
  ),
  drafts.writes(
    'src/emulator/server/*.ts',
    'the server adapter',
    "export { connectNodeAdapter } from '@connectrpc/connect-node';",
  ),
];

let found: (draft: Draft) => Finding[];
beforeAll(async () => {
  found = await drafts.lint(folder);
}, 40_000);

describe.each(refused)('%s', (message, cases) => {
  test.each([...cases])('%s may not import %s', (_path, _what, draft) => {
    expect(found(draft)).toEqual([{ rule: 'lint/style/noRestrictedImports', message }]);
  });
});

test.each(otherWays)('in %s a fence stands whichever way an import is written: %j', (_path, _what, draft) => {
  expect(found(draft)).toContainEqual({ rule: 'lint/style/noRestrictedImports', message: ofTables });
});

test('two files may not import each other', () => {
  for (const [, , draft] of circle) {
    expect(found(draft).map(({ rule }) => rule)).toEqual(['lint/suspicious/noImportCycles']);
  }
});

test.each(allowed)('%s may import %s', (_path, _what, draft) => {
  expect(found(draft)).toEqual([]);
});
