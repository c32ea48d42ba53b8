import { expect, test } from 'vitest';
import { main } from '../../../src/main.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { fakeHost, run } from '../../support/host.ts';

const emulator = await emulatedGateway();
const { env } = emulator;
emulator.unplug(846, 'fin');
const events = (...words: string[]) => run(['emulator', 'events', ...words], { env });
const started = { seq: 1, kind: 'gateway', deviceID: null, status: null, what: 'started', rule: null, deviceIDs: [] };
const unplugged = { ...started, seq: 2, kind: 'device', deviceID: 846, what: 'unplug' };

test('they are listed as a table and as JSON', async () => {
  const { stdout } = await events('--json');
  expect(JSON.parse(stdout)).toMatchObject([started, unplugged]);
  expect((await events()).stdout).toMatch(
    /^SEQ +TIME .*\n1 +\S+ +gateway +started *\n2 +\S+ +device +846 +unplug *\n$/,
  );
  expect(JSON.parse((await events('--since', '1', '--json')).stdout)).toMatchObject([unplugged]);
});

test('followed, they are lines for people, or NDJSON', async () => {
  const { stdout, exitCode } = await events('--follow', '--count', '2');
  expect({ stdout, exitCode }).toEqual({
    stdout: expect.stringMatching(/^\S+Z 1 gateway started\n\S+Z 2 device 846 unplug\n$/),
    exitCode: 0,
  });
  const ndjson = await events('--follow', '--count', '1', '--since', '1', '-o', 'ndjson');
  expect(JSON.parse(ndjson.stdout)).toMatchObject(unplugged);
});

test('followed, each is printed when it happens, until interrupted', async () => {
  const arrivals: (() => void)[] = [];
  const host = fakeHost({
    env,
    onOutput: (text, done) => {
      printed.push(text);
      for (const arrived of arrivals) arrived();
      done();
    },
  });
  const printed: string[] = [];
  const until = (text: string) =>
    new Promise<void>((resolve) => arrivals.push(() => printed.join('').includes(text) && resolve()));
  const first = until(' 2 device 846 unplug\n');
  const ending = main(['emulator', 'events', '--follow'], host);
  await first;
  const next = until(' 3 device 846 plug\n');
  emulator.plug(846);
  await next;
  host.send('SIGINT');
  expect(await ending).toEqual({ exitCode: 130, signal: 'SIGINT' });
});

test('a gateway that ends while it is followed is exit 5', async () => {
  const short = await emulatedGateway();
  let first = () => {};
  const arrived = new Promise<void>((resolve) => {
    first = resolve;
  });
  const host = fakeHost({
    env: short.env,
    onOutput: (_, done) => {
      first();
      done();
    },
  });
  const ending = main(['emulator', 'events', '--follow'], host);
  await arrived;
  await short.close();
  expect((await ending).exitCode).toBe(5);
  expect(host.written.stderr).toMatch(/^gsdk: the embedded gateway of GSDK_EMULATOR_CONTROL was lost: [^\n]+\nhint: /);
});

test.each([
  [['--count', '2'], '--count without --follow'],
  [['--since', 'yesterday'], '--since: expected a number'],
  [['--follow', '-o', 'csv'], 'csv'],
])('%j is refused', async (words, message) => {
  expect(await events(...words)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
});
