import { describe, expect, test } from 'vitest';
import { main } from '../src/main.ts';
import { silentServer } from './support/broken-servers.ts';
import { emulatedGateway } from './support/emulated-gateway.ts';
import { nodeError } from './support/faults.ts';
import { fakeHost, type HostOptions, run } from './support/host.ts';

const emulator = await emulatedGateway();
const silent = await silentServer();

describe('a run ends with one exit code:', () => {
  test.each([
    ['of the work done', ['search', '-o', 'ids'], 0],
    ['of the answer "no"', ['device', 'exists', '846'], 8],
    ['of its error', ['device', 'get', '846'], 3],
    ['of its command line', ['bogus'], 2],
  ])('%s', async (_what, argv, exitCode) => {
    expect((await run(argv, { env: emulator.env })).exitCode).toBe(exitCode);
  });

  test('and listens for no signal afterwards', async () => {
    const host = fakeHost();
    await main(['config', 'path'], host);
    expect(host.listeners()).toBe(0);
  });
});

describe('a write is one document, printed before the exit code:', () => {
  test('connected and not, device by device', async () => {
    const argv = ['connect', '192.168.0.104', '192.168.0.99', '846@192.168.0.117', '--json', '--request-timeout', '5s'];
    const { exitCode, stdout, stderr } = await run(argv, { env: emulator.env });
    expect(exitCode).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({
      results: [
        { deviceID: 544114231, address: '192.168.0.104:51211', ok: true, changed: true, status: 'TCP_CONNECTED' },
        {
          deviceID: null,
          address: '192.168.0.99:51211',
          ok: false,
          outcome: 'not-applied',
          error: { class: 'DEVICE' },
        },
        { deviceID: 846, ok: true },
      ],
      summary: { requested: 3, ok: 2, changed: 2, failed: 1, skipped: 0, unknown: 0 },
      ...{ changed: true, dryRun: false, profile: null, gateway: emulator.address },
    });
    expect(JSON.parse(stderr).error).toMatchObject({ class: 'PARTIAL', exitCode: 7, outcome: 'not-applied' });
  });

  test('disconnected, and what is not there', async () => {
    const argv = ['disconnect', '-', '--json'];
    const { exitCode, stdout } = await run(argv, { env: emulator.env, stdin: '846\n544114231\n1\n' });
    expect(exitCode).toBe(7);
    expect(JSON.parse(stdout).results).toMatchObject([
      { deviceID: 846, ok: true, changed: true, comesBack: false, stoppedBy: null },
      { deviceID: 544114231, ok: true },
      { deviceID: 1, ok: false, error: { class: 'NOT_FOUND' } },
    ]);
    const nobody = { env: {}, stdin: '# nobody\n' };
    expect(JSON.parse((await run(argv, nobody)).stdout)).toMatchObject({ results: [], changed: false });
    expect((await run([...argv, '--fail-if-empty'], nobody)).exitCode).toBe(8);
  });
});

describe('a signal', () => {
  test('ends a run that waits for a gateway: it tidies up, tells, and dies of it', async () => {
    const host = fakeHost({ env: { ...emulator.env, GSDK_OUTPUT: 'json' } });
    const ending = main(['search', '--duration', '1d'], host);
    setImmediate(() => host.send('SIGINT'));
    expect(await ending).toEqual({ exitCode: 130, signal: 'SIGINT' });
    expect(JSON.parse(host.written.stderr).error).toMatchObject({ class: 'SIGNAL', exitCode: 130 });
  });

  test('ends a read whose output cannot be written: it changed nothing, and the disk is not to blame', async () => {
    const onOutput: HostOptions['onOutput'] = (_text, done) => {
      host.send('SIGTERM');
      done(nodeError('ENOSPC'));
    };
    const host = fakeHost({ onOutput });
    expect(await main(['help', 'exit-codes'], host)).toEqual({ exitCode: 143, signal: 'SIGTERM' });
    expect(host.written.stderr).toBe('gsdk: interrupted by SIGTERM\nhint: nothing was changed\n');
  });

  test('ends a dial under way', async () => {
    const host = fakeHost({ env: { ...emulator.env, GSDK_GATEWAY: silent, GSDK_CONNECT_TIMEOUT: 'none' } });
    const ending = main(['device', 'ls'], host);
    setImmediate(() => host.send('SIGHUP'));
    expect(await ending).toEqual({ exitCode: 129, signal: 'SIGHUP' });
    expect(host.written.stderr).toMatch(/^gsdk: interrupted by SIGHUP\nhint: /);
  });
});

describe('standard output', () => {
  const failing = (code: string): HostOptions => ({ onOutput: (_text, done) => done(nodeError(code)) });

  test('whose reader has gone ends a read quietly, and a write with its own code', async () => {
    const gone = { ...failing('EPIPE'), env: emulator.env };
    expect(await run(['help', 'exit-codes'], failing('EPIPE'))).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await run(['device', 'get', '1'], gone)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await run(['disconnect', '1'], gone)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^gsdk: 1 is/),
    });
  });

  test('that is a full disk is an error', async () => {
    expect(await run(['--help'], failing('ENOSPC'))).toMatchObject({
      ...{ exitCode: 1, stderr: expect.stringMatching(/^gsdk: cannot write the output \(ENOSPC\)\n/) },
    });
  });
});

test('a broken standard error is no reason to throw', async () => {
  const host = fakeHost();
  host.stderr.destroy();
  expect(await main(['bogus'], host)).toEqual({ exitCode: 2 });
});

test('a bug is 1, and asks to be reported', async () => {
  const host = Object.assign(fakeHost(), { argv: null as never });
  const { exitCode } = await main(['emulator', 'run'], host);
  expect(exitCode).toBe(1);
  expect(host.written.stderr).toMatch(
    /^gsdk: TypeError: [^\n]+\nhint: this is a bug of gsdk; please report it [^\n]+\n$/,
  );
});
