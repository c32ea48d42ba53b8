import { expect, test } from 'vitest';
import { makeCertificates } from '../../../src/emulator/server/certificates.ts';
import { connectTcp, performHandshake, resolveAddresses } from '../../../src/gateway/doctor/reach.ts';
import type { Endpoint } from '../../../src/gateway/transport/endpoint.ts';
import { httpsServer, silentServer } from '../../support/broken-servers.ts';
import { tcpProxy } from '../../support/tcp-proxy.ts';

const identity = await makeCertificates();
const other = await makeCertificates();
const server = await httpsServer(identity);
const silent = await silentServer();
const proxy = await tcpProxy(Number(server.split(':')[1]));
const endpoint = (address: string, others: Partial<Endpoint> = {}): Endpoint => ({
  ...{ host: '127.0.0.1', port: Number(address.split(':')[1]), caFile: 'ca.crt', ca: identity.ca },
  ...{ cert: undefined, key: undefined, serverName: undefined, connectTimeoutMs: 5000, timeoutMs: 5000 },
  ...others,
});
const never = new AbortController().signal;

test('a handshake tells everything that is wrong, and sends nothing', async () => {
  const wrong = endpoint(proxy.address, { ca: other.ca, serverName: 'gw.example.com' });
  const { tlsVersion, certificate, chain, chainError, nameError } = await performHandshake(wrong, never);
  expect({ tlsVersion, chainError, names: certificate?.names.length, chain: chain.length }).toEqual({
    ...{ tlsVersion: 'TLSv1.3', chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', names: 3, chain: 1 },
  });
  expect(nameError).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  expect(proxy.connections).toBe(1);
});

test('of one that is right, the chain leads to its root', async () => {
  const { chain, chainError, nameError } = await performHandshake(endpoint(server), never);
  expect({ length: chain.length, chainError, nameError }).toEqual({
    length: 2,
    chainError: undefined,
    nameError: undefined,
  });
});

test.each([
  ['a look-up', (limit: AbortSignal) => resolveAddresses(endpoint(silent), limit)],
  ['a connection', (limit: AbortSignal) => connectTcp(endpoint(silent), limit)],
  ['a handshake', (limit: AbortSignal) => performHandshake(endpoint(silent), limit)],
])('%s ends with the reason of its limit', async (_what, look) => {
  await expect(look(AbortSignal.abort(new Error('too long')))).rejects.toThrow('too long');
});

test('a handshake that never comes to its end ends with the reason of its limit', async () => {
  const controller = new AbortController();
  const shaking = performHandshake(endpoint(silent), controller.signal);
  setImmediate(() => controller.abort(new Error('too long')));
  await expect(shaking).rejects.toThrow('too long');
});
