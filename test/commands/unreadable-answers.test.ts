import { describe, expect, test, vi } from 'vitest';
import { makeCertificates } from '../../src/emulator/server/certificates.ts';
import { framed, type RawAnswer, rawGateway } from '../support/broken-servers.ts';
import { run } from '../support/host.ts';
import { temporaryFolder, writtenFile } from '../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());
const identity = await makeCertificates();
const caFile = writtenFile('ca.crt', identity.ca);

const empty = framed(Buffer.alloc(0));
const status = (code: number, others: Record<string, string> = {}) => ({
  trailers: { 'grpc-status': `${code}`, 'grpc-message': 'no', ...others },
});
const answers: [what: string, answer: RawAnswer][] = [
  ['with the encoding gzip', { headers: { 'grpc-encoding': 'gzip' } }],
  ['with the encoding gzip and a status in the headers', { headers: { 'grpc-encoding': 'gzip', 'grpc-status': '14' } }],
  ['with a compressed message without an encoding', { body: framed(Buffer.alloc(3), { isCompressed: true }) }],
  ['with a message that is garbage', { body: framed(Buffer.from('ffffffffff', 'hex')) }],
  ['with a message that is too short', { body: framed(Buffer.alloc(2), { length: 9 }) }],
  ['with a prefix that is cut off', { body: Buffer.alloc(3) }],
  ['with two messages', { body: Buffer.concat([empty, empty]) }],
  ['with no message and OK', { body: Buffer.alloc(0) }],
  ['without a status', { trailers: {} }],
  ['with the status 17', status(17)],
  ['with a status that is no number', { trailers: { 'grpc-status': 'abc' } }],
  ['with a text that cannot be decoded', status(14, { 'grpc-message': '%zz' })],
  ['with details that cannot be decoded', status(14, { 'grpc-status-details-bin': '////' })],
  ['with a status in the headers and another in the trailers', { headers: { 'grpc-status': '0' }, ...status(5) }],
];
const rpcs = ['Connect', 'SetAcceptFilter', 'Disconnect', 'EnableSSLMulti', 'GetDeviceList'];
const gateways = await Promise.all(
  answers.map(async ([what, answer]) => {
    const writes = await rawGateway(identity, Object.fromEntries(rpcs.slice(0, -1).map((rpc) => [rpc, answer])));
    const reads = await rawGateway(identity, { GetDeviceList: answer });
    return { what, writes, reads };
  }),
);
const gsdk = async (words: readonly string[], gateway: string) => {
  const { exitCode, stdout, stderr } = await run([...words, '--json'], {
    env: { GSDK_GATEWAY: gateway, GSDK_CA_FILE: caFile },
  });
  return { exitCode, stdout, error: JSON.parse(stderr).error };
};

describe.each(gateways)('an answer $what', ({ writes, reads }) => {
  test.each([
    [['connect', '192.168.0.117']],
    [['filter', 'add', '7', '--listed-only']],
    [['rpc', 'Connect.Connect', '-d', '{"connectInfo":{"IPAddr":"192.168.0.117"}}']],
    [['rpc', 'Connect.Disconnect', '-d', '{"deviceIDs":[846]}']],
    [['rpc', 'Connect.EnableSSLMulti', '-d', '{"deviceIDs":[846,540]}']],
  ])('leaves the outcome of %j unknown, and is no answer of gateway or device', async (words) => {
    const { exitCode, error } = await gsdk(words, writes);
    expect({ exitCode, error }).toMatchObject({
      exitCode: 5,
      error: { class: 'UNREACHABLE', code: null, stage: 'transport', outcome: 'unknown', retryable: false },
    });
    expect(error.message).not.toContain('the gateway is fine');
  });

  test('ends a read with 5', async () => {
    const { exitCode, stdout, error } = await gsdk(['device', 'ls'], reads);
    expect({ exitCode, stdout, error }).toMatchObject({ exitCode: 5, stdout: '', error: { stage: 'transport' } });
  });
});

const sound = await Promise.all(
  (
    [
      ['in the trailers', { body: Buffer.alloc(0), ...status(5) }],
      ['in the trailers after a message', status(5)],
      [
        'in the headers',
        { headers: { 'grpc-status': '5', 'grpc-message': 'no' }, body: Buffer.alloc(0), trailers: {} },
      ],
      ['with a text in another script', status(5, { 'grpc-message': '%ED%95%9C 100%25' })],
    ] satisfies [string, RawAnswer][]
  ).map(async ([where, answer]) => [where, await rawGateway(identity, { Disconnect: answer })] as const),
);

test.each(sound)('a status %s is the answer of the gateway', async (_where, gateway) => {
  const { error } = await gsdk(['rpc', 'Connect.Disconnect', '-d', '{"deviceIDs":[846]}'], gateway);
  expect(error).toMatchObject({ code: 'NOT_FOUND', stage: 'device', outcome: 'unknown' });
});
