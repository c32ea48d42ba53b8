import { expect, test } from 'vitest';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';

const { env } = await emulatedGateway();

test('the list has async connections only, up or not; 8 where there is none, if wanted', async () => {
  const gsdk = (...argv: string[]) => run(argv, { env });
  expect(await gsdk('connect', '192.168.0.104', '-o', 'ids')).toMatchObject({ exitCode: 0, stdout: '544114231\n' });
  expect(await gsdk('async', 'ls', '--json')).toMatchObject({ exitCode: 0, stdout: '[]\n' });
  expect(await gsdk('async', 'ls', '-o', 'ids', '--fail-if-empty')).toMatchObject({ exitCode: 8, stdout: '' });
  expect((await gsdk('async', 'add', '846@192.168.0.117', '9@192.168.0.9')).exitCode).toBe(0);
  const { exitCode, stdout } = await gsdk('async', 'list', '--json', '--fail-if-empty');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([
    { deviceID: 9, IPAddr: '192.168.0.9', autoReconnect: true, connected: false },
    { deviceID: 846, IPAddr: '192.168.0.117', autoReconnect: true },
  ]);
});
