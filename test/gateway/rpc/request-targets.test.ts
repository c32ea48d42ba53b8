import { expect, test } from 'vitest';
import { toRequest } from '../../../src/gateway/rpc/request-message.ts';
import { requestTargets, toSubject } from '../../../src/gateway/rpc/request-targets.ts';
import { findRpc } from '../../../src/gateway/rpc/rpcs.ts';

test.each([
  ['Connect.EnableSSL', { deviceID: 7 }, [7]],
  ['Connect.EnableSSL', {}, []],
  ['Connect.Disconnect', { deviceIDs: [1, 2, 1] }, [1, 2]],
  ['Connect.Connect', { connectInfo: { IPAddr: '10.0.0.1' } }, ['10.0.0.1:51211']],
  ['Connect.AddAsyncConnection', { connectInfos: [{ deviceID: 3 }, { deviceID: 4 }] }, [3, 4]],
  ['ConnectMaster.AddAsyncConnection', { gatewayID: 'g', connectInfos: [{ deviceID: 3 }] }, [3]],
  ['Connect.SetSlaveDevice', { slaveDeviceInfos: [{ deviceID: 5, rs485SlaveDeviceIDs: [6] }] }, [5]],
  ['UDP.SetIPConfig', { deviceInfo: { deviceID: 8, IPAddr: '10.0.0.8' } }, [8]],
  ['Connect.DisconnectAll', {}, []],
])('%s with %j is for %j', (name, json, targets) => {
  expect(requestTargets(toRequest(findRpc(name), json, '-d'))).toEqual(targets);
});

test.each([
  ['Connect.EnableSSL', { deviceID: 7 }, '7'],
  ['Connect.Disconnect', { deviceIDs: [1, 2] }, 'one of 2 devices'],
  ['Connect.Connect', { connectInfo: { IPAddr: '10.0.0.1', port: 9 } }, '10.0.0.1:9'],
  ['Connect.GetDeviceList', {}, undefined],
])('an answer to %s with %j speaks of %s', (name, json, subject) => {
  expect(toSubject(toRequest(findRpc(name), json, '-d').message)?.name).toBe(subject);
});
