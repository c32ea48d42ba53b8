import { findRpc, rpcs } from '../../src/gateway/rpc/rpcs.ts';

/**
 * Every way to change something at a gateway, each for two devices or more, or for whoever may come: a line for each
 * command. They are for a gateway that manages 846 and 540, both connected, has async connections to 901 and 902 (and
 * 903 beside it), accepts 5 and 6, and keeps 7 and 8 waiting.
 */
export const writes: readonly { line: string; stdin?: string }[] = [
  { line: 'connect 192.168.0.201 192.168.0.202' },
  { line: 'disconnect 846 540' },
  { line: 'disconnect --all' },
  { line: 'disconnect 901 902 --hold 1h --holds none.json' },
  { line: 'async add 903@192.168.0.203 904@192.168.0.204' },
  { line: 'async add -f -', stdin: 'deviceID,IPAddr\n903,192.168.0.203\n904,192.168.0.204\n' },
  { line: 'async rm 901 902' },
  { line: 'async rm --all' },
  { line: 'filter add 9 10' },
  { line: 'filter rm 5 6' },
  { line: 'filter set -f -', stdin: '{"allowAll": false, "deviceIDs": []}' },
  { line: 'filter allow-all' },
  { line: 'filter disallow-all' },
  { line: 'pending accept 7 8' },
  { line: 'pending accept --only -', stdin: '7\n8\n9\n' },
  { line: 'ssl enable 846 901' },
  { line: 'ssl enable 846 901 --reconnect' },
  { line: 'ssl disable 540 846' },
  { line: 'mode set device-to-server 846 540' },
  { line: 'mode set device-to-server 846 540 --reconnect' },
  { line: 'mode set server-to-device 846 540 --reconnect' },
  {
    line: 'slave set -f -',
    stdin: '[{"deviceID":846,"rs485SlaveDeviceIDs":[7]},{"deviceID":540,"rs485SlaveDeviceIDs":[8]}]',
  },
  { line: 'apply -f -', stdin: 'deviceID,name,IPAddr\n903,Front,192.168.0.203\n904,Back,192.168.0.204\n' },
  { line: 'release --all --holds test/support/holds.json' },
  { line: 'rpc Connect.DisconnectAll' },
  { line: 'rpc Connect.Disconnect -d {"deviceIDs":[846,540]}' },
  { line: 'rpc Connect.DeleteAsyncConnection -d {"deviceIDs":[901,902]}' },
  { line: 'rpc Connect.AddAsyncConnection -d {"connectInfos":[{"deviceID":903},{"deviceID":904}]}' },
  { line: 'rpc Connect.SetAcceptFilter -d {"filter":{"deviceIDs":[5,6,7,8]}}' },
  { line: 'rpc Connect.SetAcceptFilter -d {"filter":{"allowAll":true,"deviceIDs":[5,6]}}' },
  { line: 'rpc Connect.SetAcceptFilter' },
  { line: 'rpc Connect.SetSlaveDevice -d {"slaveDeviceInfos":[{"deviceID":846},{"deviceID":540}]}' },
  { line: 'rpc Connect.EnableSSLMulti -d {"deviceIDs":[846,540]}' },
];

/** Commands that change one parent or nothing by themselves: never for more than one device. */
export const smallWrites: readonly { line: string; stdin?: string }[] = [
  { line: 'slave add 846 9' },
  { line: 'slave rm 846 9 --if-exists' },
  { line: 'filter listed-only' },
];

/** The calls that may change something, among the lines that -v prints. */
export const writeCalls = (stderr: string): string[] =>
  stderr
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter(
      (name) => rpcs.some(({ method, isWrite }) => isWrite && method.name === name) && findRpc(`Connect.${name}`),
    );

/** The words of a line, a request as one of them. */
export const wordsOf = (line: string): string[] => line.split(' ');
