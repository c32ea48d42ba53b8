import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emulatedGateway } from '../../../support/emulated-gateway.ts';
import { run } from '../../../support/host.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const emulator = await emulatedGateway();
const folder = temporaryFolder();
const restart = ['emulator', 'gateway', 'restart'];

test('a gateway that is not there is 3, with what to do', async () => {
  const env = { ...emulator.env, TMPDIR: folder };
  expect(await run([...restart, '--name', 'nope'], { env })).toMatchObject({
    exitCode: 3,
    stderr: expect.stringMatching(
      /^gsdk: no embedded gateway "nope" runs\nhint: start it: gsdk emulator start --name nope/,
    ),
  });
  const missing = join(folder, 'missing.json');
  expect(await run(restart, { env: { GSDK_EMULATOR_CONTROL: missing } })).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('hint: it has ended; start another: gsdk emulator start'),
  });
  const ended = join(folder, 'ended.json');
  writeFileSync(ended, JSON.stringify({ emulator: { url: 'http://127.0.0.1:1', token: 'x' } }));
  expect(await run(restart, { env: { GSDK_EMULATOR_CONTROL: ended } })).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('the embedded gateway of GSDK_EMULATOR_CONTROL has ended'),
  });
});

test('a file that is no control file, or leads elsewhere, is not believed', async () => {
  const path = join(folder, 'other.json');
  for (const content of ['', '[]', '{}', '{"emulator": {"url": "http://example.com:1", "token": "x"}}']) {
    writeFileSync(path, content);
    expect((await run(restart, { env: { GSDK_EMULATOR_CONTROL: path } })).exitCode).toBe(3);
  }
});

test('another token than its own is refused', async () => {
  const path = join(folder, 'wrong.json');
  writeFileSync(path, JSON.stringify({ emulator: { ...emulator.control, token: 'guessed' } }));
  const before = emulator.journal.seq;
  expect(await run(restart, { env: { GSDK_EMULATOR_CONTROL: path } })).toMatchObject({ exitCode: 4, stdout: '' });
  expect(emulator.journal.seq).toBe(before);
});

test('of several gateways the profile says which; the first one is meant without', async () => {
  const path = join(folder, 'several.json');
  const gone = { url: 'http://127.0.0.1:1', token: 'x' };
  writeFileSync(path, JSON.stringify({ site1: gone, site2: emulator.control }));
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ profiles: { site1: {}, site2: {}, site3: {} } }));
  const env = { GSDK_EMULATOR_CONTROL: path, GSDK_CONFIG: config };
  expect((await run(restart, { env })).exitCode).toBe(3);
  expect((await run([...restart, '--profile', 'site2'], { env })).exitCode).toBe(0);
  expect((await run(restart, { env: { ...env, GSDK_PROFILE: 'site2' } })).exitCode).toBe(0);
  expect(await run([...restart, '--profile', 'site3'], { env })).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('no embedded gateway has the profile "site3"; there are: site1, site2'),
  });
});
