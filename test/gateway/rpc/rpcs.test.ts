import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findRpc, rpcs } from '../../../src/gateway/rpc/rpcs.ts';
import { root } from '../../support/gsdk.ts';

const usage = (message: string, hint: string) =>
  expect.objectContaining({ exitCode: 2, failure: expect.objectContaining({ message, hint }) });

test('every RPC of every file in proto/ is known, once', () => {
  const files = readdirSync(join(root, 'proto')).filter((file) => file.endsWith('.proto'));
  const declared = files.flatMap((file) => {
    const text = readFileSync(join(root, 'proto', file), 'utf8');
    const service = /^service (\w+)/m.exec(text)?.[1];
    return [...text.matchAll(/^ {2}rpc (\w+)/gm)].map(([, method]) => `${service}.${method}`);
  });
  expect(declared.length).toBeGreaterThan(70);
  expect(rpcs.map(({ name }) => name).sort()).toEqual(declared.sort());
});

test.each([
  ['Connect.GetDeviceList', 'gsdk.connect.Connect'],
  ['gsdk.connect.Connect.GetDeviceList', 'gsdk.connect.Connect'],
  ['gsdk.connect.Connect/GetDeviceList', 'gsdk.connect.Connect'],
  ['/gsdk.connect_master.ConnectMaster/GetDeviceList', 'gsdk.connect_master.ConnectMaster'],
])('%s is found', (word, service) => {
  const { method, isStream, isWrite } = findRpc(word);
  expect([method.parent.typeName, method.name, isStream, isWrite]).toEqual([service, 'GetDeviceList', false, false]);
});

test.each([
  ['Connect.GetDeviceLst', 'did you mean Connect.GetDeviceList?'],
  ['GetDeviceList', 'did you mean Connect.GetDeviceList?'],
  ['gsdk.connect.Connect/getdevicelist', 'did you mean Connect.GetDeviceList?'],
  ['Nothing.AtAll', 'list them: gsdk rpc --list'],
  ['', 'list them: gsdk rpc --list'],
])('%j is refused with what may be meant', (word, hint) => {
  expect(() => findRpc(word)).toThrow(usage(`no RPC "${word}"`, hint));
});

test('what reads by its name is a read, and everything else may change something', () => {
  const reads = rpcs.filter(({ isWrite }) => !isWrite).map(({ method }) => method.name);
  expect([...new Set(reads)].filter((name) => !/^Get/.test(name)).sort()).toEqual(['SearchDevice', 'SubscribeStatus']);
  for (const name of ['Connect.SetAcceptFilter', 'Login.Login', 'Tenant.CreateCertificate', 'Gateway.Add']) {
    expect(findRpc(name).isWrite).toBe(true);
  }
});

test('the streams are the subscriptions', () => {
  expect(rpcs.filter(({ isStream }) => isStream).map(({ name }) => name)).toEqual([
    ...['Connect.SubscribeStatus', 'ConnectMaster.SubscribeStatus', 'Gateway.SubscribeStatus'],
  ]);
});
