import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { run } from '../support/host.ts';

const gateway = await emulatedGateway();
const env = { ...gateway.env, GSDK_READ_ONLY: 'true' };

/** Everything that changes something at a gateway. */
const writes = [
  'connect 192.168.0.104',
  'disconnect 846',
  'disconnect --all',
  'async add 846@192.168.0.117',
  'async rm 846',
  'filter add 846',
  'filter rm 846',
  'filter allow-all',
  'filter listed-only',
  'filter disallow-all',
  'pending accept 939342898',
  'ssl enable 846',
  'ssl disable 846 --reconnect',
  'mode set device-to-server 846 --complete',
  'slave add 846 7',
  'slave rm 846 7',
  'apply -f test/support/site.csv',
  'rpc Connect.SetAcceptFilter',
  'rpc Connect.DeleteAsyncConnection',
];

test.each(writes.flatMap((words) => [words, `${words} --dry-run`]))(
  '%s is refused with 9, and nothing is sent',
  async (words) => {
    const before = gateway.journal.seq;
    const { exitCode, stdout, stderr } = await run([...words.split(' '), '-v', '--json'], { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 9, stdout: '' });
    // With -v each call would be a line of its own.
    const [line = '', ...others] = stderr.trimEnd().split('\n');
    expect(others).toEqual([]);
    expect(JSON.parse(line).error).toMatchObject({ class: 'CONFLICT', stage: 'cli', outcome: 'not-applied' });
    expect(gateway.journal.seq).toBe(before);
  },
);

test.each([
  'device ls',
  'async ls',
  'filter show',
  'pending ls',
  'search --duration 1s',
  'gateway ping',
  'rpc Connect.GetDeviceList',
  'wait 1 --for unmanaged',
])('%s is a read, and goes on', async (words) => {
  expect(await run(words.split(' '), { env })).toMatchObject({ exitCode: 0, stderr: '' });
});
