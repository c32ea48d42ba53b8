import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { describe, expect, test } from 'vitest';
import { createDeviceGateway } from '../../../src/gateway/device-gateway.ts';
import { toRequest } from '../../../src/gateway/rpc/request-message.ts';
import { findRpc } from '../../../src/gateway/rpc/rpcs.ts';
import { type Connect, Status } from '../../../src/gen/connect_pb.ts';
import { MultiErrorResponseSchema } from '../../../src/gen/err_pb.ts';
import { madeUp } from '../../support/faults.ts';
import { failingTransport, gatewayTransport, testConnection } from '../../support/gateway-transport.ts';

type Handlers = Partial<ServiceImpl<typeof Connect>>;

async function called(name: string, json: object, handlers: Handlers, most = Number.POSITIVE_INFINITY) {
  const { transport, calls } = gatewayTransport(handlers);
  const answers: object[] = [];
  const failure = await createDeviceGateway(transport, testConnection())
    .call(toRequest(findRpc(name), json, '-d'), (answer) => {
      answers.push(answer);
      return answers.length < most;
    })
    .then(
      () => undefined,
      (error) => error,
    );
  return { answers, failure, calls };
}
const refusing = (code: Code, text: string) => () => {
  throw new ConnectError(text, code);
};

test('a call is sent as it is, and its answer has every field, enums by name', async () => {
  const handlers: Handlers = {
    getDeviceList: () => ({ deviceInfos: [{ deviceID: 846, status: Status.TLS_CONNECTED }] }),
  };
  const { answers, failure, calls } = await called('Connect.GetDeviceList', {}, handlers);
  expect(failure).toBeUndefined();
  expect(calls).toMatchObject([{ rpc: 'GetDeviceList', timeoutMs: 30_000 }]);
  expect(answers).toEqual([
    {
      deviceInfos: [
        {
          ...{ deviceID: 846, type: 'UNDEFINED', connectionMode: 'SERVER_TO_DEVICE', IPAddr: '', port: 0 },
          ...{ status: 'TLS_CONNECTED', autoReconnect: false, useSSL: false },
        },
      ],
    },
  ]);
});

describe('a stream', () => {
  async function* subscribeStatus() {
    for (const deviceID of [1, 2, 3]) yield { deviceID, status: Status.TCP_CONNECTED, timestamp: deviceID };
  }

  test('hands on each answer until enough have come', async () => {
    const { answers, failure } = await called('Connect.SubscribeStatus', {}, { subscribeStatus }, 2);
    expect(failure).toBeUndefined();
    expect(answers).toEqual([1, 2].map((id) => ({ deviceID: id, status: 'TCP_CONNECTED', timestamp: id })));
  });

  test('that the gateway ends before is a failure, however well it ends', async () => {
    const { answers, failure } = await called('Connect.SubscribeStatus', {}, { subscribeStatus }, 4);
    expect(answers).toHaveLength(3);
    expect(failure).toMatchObject({ exitCode: 5, message: 'gw1:4000 ended Connect.SubscribeStatus' });
  });
});

describe('a failure', () => {
  const getDeviceList = () => ({ deviceInfos: [{ deviceID: 846 }] });
  const notFound = refusing(Code.NotFound, 'Cannot get connection');

  test.each<[what: string, name: string, json: object, handlers: Handlers, expected: object]>([
    [
      'of a managed device is offline',
      'Connect.EnableSSL',
      { deviceID: 846 },
      { enableSSL: notFound, getDeviceList },
      { exitCode: 6, failure: { stage: 'device', target: '846' } },
    ],
    [
      'of a device that is not managed is not found',
      'Connect.EnableSSL',
      { deviceID: 7 },
      { enableSSL: notFound, getDeviceList },
      { exitCode: 3, failure: { stage: 'device', target: '7' } },
    ],
    [
      'of several, one of them managed, is of the devices',
      'Connect.Disconnect',
      { deviceIDs: [7, 846] },
      { disconnect: notFound, getDeviceList },
      { exitCode: 6, failure: { target: 'one of 2 devices' } },
    ],
    [
      'at an address is of the device there',
      'Connect.Connect',
      { connectInfo: { IPAddr: '10.0.0.9' } },
      { connect: refusing(Code.Unavailable, 'Cannot connect to the device') },
      { exitCode: 6, failure: { target: '10.0.0.9:51211' } },
    ],
    [
      'of the gateway is of the gateway',
      'Connect.GetPendingList',
      {},
      { getPendingList: refusing(Code.PermissionDenied, 'no') },
      { exitCode: 4, failure: { stage: 'gateway' } },
    ],
  ])('%s', async (_what, name, json, handlers, expected) => {
    expect((await called(name, json, handlers)).failure).toMatchObject(expected);
  });

  test.each([
    ['Connect.SetAcceptFilter', 'unknown'],
    ['Connect.DisconnectAll', 'unknown'],
    ['Connect.GetDeviceList', 'not-applied'],
  ])('without an answer to %s: %s', async (name, outcome) => {
    const gateway = createDeviceGateway(failingTransport(madeUp(Code.Canceled, 'stream closed')), testConnection());
    const call = gateway.call(toRequest(findRpc(name), {}, '-d'), () => true);
    await expect(call).rejects.toMatchObject({ exitCode: 5, failure: { outcome } });
  });
});

describe('a Multi call that failed for some device', () => {
  const offline = { deviceID: 846, code: Code.NotFound, msg: 'Cannot get connection' };
  const details = [{ desc: MultiErrorResponseSchema, value: { deviceErrors: [offline] } }];
  const inDetails: Handlers = {
    enableSSLMulti: () => {
      throw new ConnectError('1 device(s) failed', Code.Internal, undefined, details);
    },
  };

  test.each<[where: string, handlers: Handlers, answers: object[]]>([
    ['its answer', { enableSSLMulti: () => ({ deviceErrors: [offline] }) }, [{ deviceErrors: [offline] }]],
    ['the status details', inDetails, []],
  ])('says so by its code, where %s tells of it', async (_where, handlers, answers) => {
    const some = await called('Connect.EnableSSLMulti', { deviceIDs: [7, 846, 7] }, handlers);
    expect(some.answers).toEqual(answers);
    expect(some.failure).toMatchObject({
      exitCode: 7,
      message: expect.stringMatching(/^1 of 2 failed: 846: Cannot get/),
    });
    expect((await called('Connect.EnableSSLMulti', { deviceIDs: [846] }, handlers)).failure.exitCode).toBe(6);
  });
});
