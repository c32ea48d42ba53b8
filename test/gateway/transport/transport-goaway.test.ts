import { expect, test } from 'vitest';
import { openGateway } from '../../../src/gateway/open-gateway.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';

const emulator = await emulatedGateway();

test('a call that crosses GOAWAY on a connection that is dialled once ends it, stream and all, at once', async () => {
  const endpoint = {
    ...{ host: '127.0.0.1', port: emulator.port, ca: emulator.caCertificate, caFile: emulator.caFile },
    ...{ cert: undefined, key: undefined, pin: undefined, serverName: undefined },
    ...{ connectTimeoutMs: 5000, timeoutMs: 20_000, dialsOnce: true },
  };
  for (let round = 0; round < 5; round++) {
    const { signal } = new AbortController();
    const gateway = await openGateway(endpoint, { signal });
    const stream = gateway.subscribe({ queueSize: 10, signal, onOpen: () => {}, onChange: () => {} });
    await gateway.devices();
    emulator.faults.goAway({ freezeStreams: true });
    const lost = { failure: { class: 'UNREACHABLE', stage: 'transport' } };
    // Asked before the client has read the frame.
    await expect(gateway.devices()).rejects.toMatchObject(lost);
    await expect(stream).rejects.toMatchObject(lost);
    gateway.close();
  }
});
