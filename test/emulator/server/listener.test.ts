import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { type ConnectionOptions, connect as connectTLS } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/index.ts';
import { visit } from '../support/visit.ts';

async function handshake({ port, caCertificate }: Emulator, options: ConnectionOptions = {}) {
  const socket = connectTLS({ host: '127.0.0.1', port, ca: caCertificate, ALPNProtocols: ['h2'], ...options });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  return socket;
}

test('F61 the port speaks TLS only: a plaintext client is cut off without a word', async () => {
  const { emulator } = await visit();
  const socket = connectSocket(emulator.port, '127.0.0.1');
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  const received: Buffer[] = [];
  socket.on('data', (data) => received.push(data));
  await once(socket, 'close');
  expect(received).toEqual([]);
});

test('F61 the port is open on the IPv4 loopback', async () => {
  const { emulator } = await visit();
  expect(emulator.address).toBe(`127.0.0.1:${emulator.port}`);
  expect((await handshake(emulator)).alpnProtocol).toBe('h2');
});

test('F62 TLS 1.2 is the newest version by default', async () => {
  const { emulator } = await visit();
  expect((await handshake(emulator)).getProtocol()).toBe('TLSv1.2');
  await expect(handshake(emulator, { minVersion: 'TLSv1.3' })).rejects.toThrow(/protocol version/);
});

test('F62 TLS 1.3 is spoken where it was asked for', async () => {
  const { emulator } = await visit({ tlsMax: 'TLSv1.3' });
  expect((await handshake(emulator)).getProtocol()).toBe('TLSv1.3');
  expect((await handshake(emulator, { maxVersion: 'TLSv1.2' })).getProtocol()).toBe('TLSv1.2');
});

test('a client that cannot do HTTP/2 is turned away', async () => {
  const { emulator } = await visit();
  await expect(handshake(emulator, { ALPNProtocols: ['http/1.1'] })).rejects.toThrow(/no application protocol/);
});

test('F63 the certificate is good for localhost and the loopback addresses', async () => {
  const { emulator } = await visit();
  const socket = await handshake(emulator, { servername: 'localhost' });
  expect(socket.authorized).toBe(true);
  expect(socket.getPeerCertificate().subjectaltname).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  );
});
