import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConnectionMode } from '../../src/gen/connect_pb.ts';
import { Type } from '../../src/gen/device_pb.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { gsdk, shell } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const site = join(folder, 'site.json');
const doors = Array.from({ length: 200 }, (_, index) => ({
  ...{ deviceID: 1001 + index, name: `Door ${index}`, IPAddr: `10.0.${index >> 7}.${(index & 127) + 1}` },
  ...(index % 4 === 3 && { connectionMode: 'DEVICE_TO_SERVER' }),
  ...(index % 20 === 0 && { rs485SlaveDeviceIDs: [5001 + index, 6001 + index] }),
  useSSL: index % 3 === 0,
}));
writeFileSync(site, JSON.stringify(doors));
const gateway = await emulatedGateway({
  fleet: doors.map(({ name: _, connectionMode, ...door }) => ({
    ...{ type: Type.BIOSTATION_3, ...door },
    ...(connectionMode && { connectionMode: ConnectionMode.DEVICE_TO_SERVER }),
  })),
});
const options = { env: { ...gateway.env, TMPDIR: folder, SITE: site } };
const apply = ['apply', '-f', site, '--wait', '--json'];

test('after a restart check says so once, apply brings all doors back, check is content, and apply has nothing to do', async () => {
  gateway.restartGateway(false);
  const { exitCode, stdout, stderr } = await shell(
    `gsdk check -f "$SITE" -o tsv --no-header
     test $? = 8 || exit 1
     gsdk apply -f "$SITE" --wait -o ids | wc -l || exit 2
     gsdk check -f "$SITE" || exit 3
     gsdk apply -f "$SITE" --json --wait | grep -A1 '"summary"' || exit 4`,
    options,
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(
    /^\t\tGATEWAY_EMPTY\t200 doors\tnone of them\t\n\s*200\n {2}"summary": \{\n {4}"requested": 200,\n$/,
  );
});

/** What a killed run leaves locked is free only after ten seconds, so each one has a folder for its locks. */
const unlocked = () => ({ env: { ...options.env, TMPDIR: temporaryFolder() } });

/** Runs apply, and kills it once it has ended so many calls. Whether it was still there to be killed. */
async function killedAfter(calls: number): Promise<boolean> {
  const child = gsdk([...apply, '-v'], unlocked());
  let told = '';
  child.stderr?.on('data', (chunk) => {
    told += chunk;
    if ((told.match(/ ms \w+\n/g) ?? []).length >= calls) child.kill('SIGKILL');
  });
  return (await child).signal === 'SIGKILL';
}

test('killed after any of its calls and run again, it ends in the same state', { timeout: 180_000 }, async () => {
  let calls = 1;
  for (; ; calls++) {
    gateway.restartGateway(false);
    if (!(await killedAfter(calls))) break;
    const again = await gsdk(apply, options);
    expect({ calls, exitCode: again.exitCode, stderr: again.stderr }).toEqual({ calls, exitCode: 0, stderr: '' });
    expect(JSON.parse(again.stdout).summary).toMatchObject({ requested: 200, ok: 200 });
    expect(await gsdk(['check', '-f', site], options)).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  }
  // The filter, the connections, the slaves: each is read, written and read again.
  expect(calls).toBeGreaterThan(10);
});

test('SIGINT while it waits for a door: what was done is told, and the process dies of the signal', async () => {
  gateway.restartGateway(false);
  gateway.unplug(1001, 'fin');
  const child = gsdk([...apply, '-v'], options);
  let told = '';
  child.stderr?.on('data', (chunk) => {
    const isFirst = !told.includes('AddAsyncConnection ');
    told += chunk;
    // Once only: a second signal would end it without a word.
    if (isFirst && told.includes('AddAsyncConnection ')) child.kill('SIGINT');
  });
  const { signal, stdout } = await child;
  gateway.plug(1001);
  expect(signal).toBe('SIGINT');
  const { results, summary } = JSON.parse(stdout);
  expect(summary).toMatchObject({ requested: 200, changed: 200 });
  expect(results[0]).toMatchObject({ deviceID: 1001, ok: false, changed: true, outcome: 'applied' });
  expect((await gsdk(apply, options)).exitCode).toBe(0);
});
