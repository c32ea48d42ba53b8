import { describe, expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { fakeSession } from '../support/host.ts';

const emulator = await emulatedGateway();
const shape = { isRead: true, fields: ['id'], columns: [] };

describe('a question to the gateway', () => {
  test('is asked on a connection of its own, which ends with it, whatever happens', async () => {
    const { session } = fakeSession({ env: emulator.env });
    let kept: Promise<unknown> | undefined;
    const question = session.ask(shape, async (gateway) => {
      kept = gateway.search(4_000_000).catch((error) => error);
      throw new Error('a bug');
    });
    await expect(question).rejects.toThrow('a bug');
    expect(await kept).toMatchObject({ exitCode: 5 });
  });

  test('is not asked without a gateway', async () => {
    const question = () => expect.unreachable('it was asked');
    await expect(fakeSession().session.ask(shape, question)).rejects.toMatchObject({ exitCode: 2 });
  });

  test('is told call by call with --verbose only', async () => {
    for (const verbose of [true, undefined] as const) {
      const { host, session } = fakeSession({ env: emulator.env });
      session.configure({}, { verbose });
      await session.ask(shape, async (gateway) => ({ rows: (await gateway.devices()).map(() => ({ id: 1 })) }));
      expect(host.written.stderr).toMatch(verbose ? /^GetDeviceList \d+ ms OK\n$/ : /^$/);
    }
  });
});
