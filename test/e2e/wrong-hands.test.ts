import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Type } from '../../src/gen/device_pb.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { errorOf } from '../support/failure.ts';
import { gsdk, shell } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeCalls } from '../support/writes.ts';

const folder = temporaryFolder();
const dialsIn = { connectionMode: 1 };
const device = (deviceID: number, others = {}) => ({
  ...{ deviceID, type: Type.BIOSTATION_2, IPAddr: `10.0.0.${deviceID}` },
  ...others,
});
const fleet = [device(11), device(12), device(13), device(21, dialsIn), device(22, dialsIn)];
const gateway = await emulatedGateway({ fleet });
const other = await emulatedGateway({ fleet });
const config = join(folder, 'config.json');
const profile = { gateway: gateway.address, caFile: gateway.caFile, maxDevices: 2 };
writeFileSync(config, JSON.stringify({ profiles: { site1: profile } }), { mode: 0o600 });
const env = { GSDK_CONFIG: config, GSDK_PROFILE: 'site1', TMPDIR: folder };
const setUp = [
  'async add 11@10.0.0.11 12@10.0.0.12 --wait',
  'async add 13@10.0.0.13 --wait',
  'filter add 21 22 --wait --timeout 20s',
];
for (const line of setUp) {
  const { exitCode, stderr } = await gsdk(line.split(' '), { env });
  if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
}

/** What the gateway knows, of which nothing may be different afterwards. */
const state = async () => {
  const answers = await Promise.all(
    ['device ls', 'filter show'].map((line) => gsdk([...line.split(' '), '--json'], { env })),
  );
  return answers.map(({ stdout }) => stdout);
};

/** Runs a line of shell, and looks that it was stopped before anything was sent. */
async function stopped(line: string, others: Record<string, string> = {}) {
  const before = await state();
  const { exitCode, stdout, stderr } = await shell(line, { env: { ...env, ...others, GSDK_OUTPUT: '' } });
  expect({ stdout, calls: writeCalls(stderr) }).toEqual({ stdout: '', calls: [] });
  expect(await state()).toEqual(before);
  return { exitCode, error: errorOf(`${stderr.trimEnd().split('\n').at(-1)}\n`) };
}

describe('stopped before anything is sent, with the reason:', () => {
  test('a GSDK_GATEWAY that was left over, beside --profile', async () => {
    const stale = { GSDK_GATEWAY: other.address, GSDK_CA_FILE: other.caFile, GSDK_PROFILE: '' };
    const { exitCode, error } = await stopped('gsdk async rm 11 --profile site1 -v --json', stale);
    expect(exitCode).toBe(2);
    expect(error.message).toBe(`--profile site1 is ${gateway.address}, but GSDK_GATEWAY is ${other.address}`);
  });

  test('a list of devices from which a filter was forgotten', async () => {
    const { exitCode, error } = await stopped('gsdk device ls -o ids | gsdk async rm - -v --json');
    expect(exitCode).toBe(9);
    expect(error.message).toBe(
      'this write is for 5 devices, and maxDevices of profile site1 allows 2; nothing was sent',
    );
  });

  test('a list of IDs that was cut off', async () => {
    const { exitCode, error } = await stopped('gsdk device ls -o ids | head -c 4 | gsdk async rm - -v --json');
    expect(exitCode).toBe(2);
    expect(error.message).toBe('standard input, line 2: "1" has no end of line, so the list may have been cut off');
  });

  test('an empty list of pending devices that would close the filter', async () => {
    const { exitCode, error } = await stopped('gsdk pending ls -o ids | gsdk filter add - --listed-only -v --json');
    expect(exitCode).toBe(2);
    expect(error.message).toBe('an empty list with --listed-only would accept nobody');
    expect((await shell('gsdk pending ls -o ids | gsdk filter add -', { env })).exitCode).toBe(0);
  });

  test.each(['', `-d '{"filter": {}}'`, `-d '{"filter": {"deviceIDs": [9]}}'`])(
    'a call by rpc that empties the filter: %s',
    async (data) => {
      const { exitCode, error } = await stopped(`gsdk rpc Connect.SetAcceptFilter ${data} -v --json`);
      expect(exitCode).toBe(9);
      expect(error).toMatchObject({ lockedOut: [21, 22], hint: 'if that is meant: --max-lockout 2' });
    },
  );

  test('a profile that is set aside by another gateway does not lend it its guards, nor its trust', async () => {
    const { exitCode, error } = await stopped(`gsdk async rm 11 --gateway ${other.address} -v --json`);
    expect({ exitCode, class: error.class }).toEqual({ exitCode: 4, class: 'AUTH_TLS' });
  });
});
