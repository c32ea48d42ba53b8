import { describe, expect, test } from 'vitest';
import { readFleetFile, readGatewayConfig } from '../../../src/emulator/fleet-file/fleet-file.ts';
import { visit } from '../support/visit.ts';

test('the gateway is as the file says', () => {
  const { fleet, ...gateway } = readFleetFile(
    `
gatewayVersion: 1.5
gatewayIPAddr: 10.0.0.254
gatewayConfig: { device_server: { reconnect_interval: 500 }, timeout: { cmd: 100 }, cert: { dir: cert }, log: {} }
assumptions: { deviceRetryMs: 1000, onIdMismatch: adopt, filterDropsLive: true }
devices: []
`,
    'fleet.yaml',
  );
  expect(fleet).toEqual([]);
  expect(gateway).toMatchObject({
    ...{ gatewayVersion: '1.5', gatewayIPAddr: '10.0.0.254' },
    gatewayConfig: { device_server: { reconnect_interval: 500 }, timeout: { cmd: 100 } },
    assumptions: { deviceRetryMs: 1000, onIdMismatch: 'adopt', filterDropsLive: true },
  });
});

test('an emulator starts from it, and plays it', async () => {
  const plan = readFleetFile(
    'gatewayIPAddr: 10.0.0.254\nassumptions: { deviceRetryMs: 7000 }\ndevices:\n' +
      '  - { deviceID: 5, IPAddr: 10.0.0.5, connectionMode: DEVICE_TO_SERVER }\n',
    'fleet.yaml',
  );
  const { client, clock } = await visit(plan);
  await client.setFilter({ deviceIDs: [5] });
  clock.advance(7_000);
  expect(await client.devices()).toMatchObject([{ deviceID: 5, status: 1 }]);
});

describe('the config.json of a real gateway', () => {
  const real = JSON.stringify(
    {
      cert: { dir: 'cert', ca_cert: 'ca.crt', self_signed: true },
      device_server: { ip: '', port: 6000, ssl_port: 6001, reconnect_interval: 5000, detect_network_interval: 20_000 },
      rpc_server: { ip: 'localhost', port: 4000, max_recv_size: 1000 },
      timeout: { cmd: 100, long_cmd: 20_000, upgrade_cmd: 30_000, input_cmd: 1, face_input_cmd: 1, keep_alive: 32_000 },
      master_gateway: { use: false, ip: '192.168.11.1', port: 4010 },
      log: { level: 3, use_file: false, append_mode: false },
    },
    null,
    2,
  );

  test('is read as it is', () => {
    expect(readGatewayConfig(real, 'config.json')).toEqual({ config: JSON.parse(real), unknown: [] });
  });

  test('may have keys that nobody knows, which are told', () => {
    const { unknown } = readGatewayConfig('{"timeout": {"cmd": 5, "kmd": 6},\n "web": {}}', 'config.json');
    expect(unknown).toMatchObject([
      { line: 1, column: 24, message: 'timeout.kmd: unknown key; did you mean cmd?' },
      { line: 2, column: 2, message: 'web: unknown key' },
    ]);
  });

  test('may not have other values than it can', () => {
    expect(() => readGatewayConfig('{"timeout": {"cmd": "10s"}}', 'config.json')).toThrow(
      'config.json:1:21: timeout.cmd: expected a whole number of milliseconds from 1 on, got "10s"',
    );
  });
});
