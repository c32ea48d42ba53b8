import { create } from '@bufbuild/protobuf';
import { Code, createClient, type Transport } from '@connectrpc/connect';
import { describe, expect, test } from 'vitest';
import { createDeviceGateway } from '../../../src/gateway/device-gateway.ts';
import { withEitherServiceName } from '../../../src/gateway/grpc/service-names.ts';
import { findRpc } from '../../../src/gateway/rpc/rpcs.ts';
import { Connect, SubscribeStatusRequestSchema } from '../../../src/gen/connect_pb.ts';
import { Device } from '../../../src/gen/device_pb.ts';
import { answered, madeUp } from '../../support/faults.ts';
import { gatewayTransport, testConnection } from '../../support/gateway-transport.ts';

const unknown = (service: string) => answered(Code.Unimplemented, `unknown service ${service}`);

/** A gateway that knows some services by these full names, how it was called, and what was told of its names. */
function gatewayWith(services: readonly string[], otherwise: (service: string) => Error = unknown) {
  const { transport: inner } = gatewayTransport(
    {
      getDeviceList: () => ({ deviceInfos: [{ deviceID: 846 }] }),
      disconnect: () => ({}),
      async *subscribeStatus({ queueSize }) {
        yield { deviceID: queueSize };
      },
    },
    { getInfo: () => ({ info: { modelName: 'model' } }) },
  );
  const paths: string[] = [];
  const served = new Set(services);
  const refused = ({ parent: { typeName }, name }: { parent: { typeName: string }; name: string }) => {
    paths.push(`${typeName}/${name}`);
    return served.has(typeName) ? undefined : otherwise(typeName);
  };
  // What is in memory has the new names, so a call that may pass is made by those.
  const known = <M extends { parent: { typeName: string } }>(method: M): M => ({
    ...method,
    parent: { ...method.parent, typeName: `gsdk.${method.parent.typeName.replace('gsdk.', '')}` },
  });
  const transport: Transport = {
    unary: async (method, ...others) => {
      const error = refused(method);
      if (error) throw error;
      return inner.unary(known(method), ...others);
    },
    stream: async (method, ...others) => {
      const error = refused(method);
      if (error) throw error;
      return inner.stream(known(method), ...others);
    },
  };
  const told: boolean[] = [];
  const names = { areOld: false, onChange: (areOld: boolean) => told.push(areOld) };
  return { gateway: withEitherServiceName(transport, names), paths, told, served };
}

const old = ['connect.Connect', 'device.Device'];

test('a gateway of V1.5 is called by its names, and nothing is told', async () => {
  const { gateway, paths, told } = gatewayWith(['gsdk.connect.Connect']);
  await createClient(Connect, gateway).getDeviceList({});
  expect({ paths, told }).toEqual({ paths: ['gsdk.connect.Connect/GetDeviceList'], told: [] });
});

test('an older one is called again by the old name, from then on at once, and that is told once', async () => {
  const { gateway, paths, told } = gatewayWith(old);
  const client = createClient(Connect, gateway);
  expect((await client.getDeviceList({})).deviceInfos).toMatchObject([{ deviceID: 846 }]);
  await client.disconnect({});
  await createClient(Device, gateway).getInfo({});
  expect(paths).toEqual([
    'gsdk.connect.Connect/GetDeviceList',
    'connect.Connect/GetDeviceList',
    'connect.Connect/Disconnect',
    'device.Device/GetInfo',
  ]);
  expect(told).toEqual([true]);
});

test('a write too is made again, with the same message: who does not know a service has done nothing', async () => {
  const { gateway, paths } = gatewayWith(old);
  await createDeviceGateway(gateway, testConnection()).disconnect([846]);
  expect(paths).toEqual(['gsdk.connect.Connect/Disconnect', 'connect.Connect/Disconnect']);
});

test('a stream too, with the same request', async () => {
  const { gateway, told } = gatewayWith(old);
  const changes = [];
  for await (const change of createClient(Connect, gateway).subscribeStatus({ queueSize: 7 })) changes.push(change);
  expect(changes).toMatchObject([{ deviceID: 7 }]);
  expect(told).toEqual([true]);
});

test('so do any calls of rpc, unary and streaming', async () => {
  const { gateway, paths } = gatewayWith(old);
  const answers: unknown[] = [];
  const message = create(SubscribeStatusRequestSchema, { queueSize: 5 });
  const request = { rpc: findRpc('Connect.SubscribeStatus'), message };
  await createDeviceGateway(gateway, testConnection()).call(request, (answer) => answers.push(answer) === 0);
  expect(answers).toMatchObject([{ deviceID: 5 }]);
  expect(paths.at(-1)).toBe('connect.Connect/SubscribeStatus');
});

test('calls that are under way at once find out for themselves, and it is told once', async () => {
  const { gateway, told } = gatewayWith(old);
  const client = createClient(Connect, gateway);
  await Promise.all([client.getDeviceList({}), client.getDeviceList({}), client.disconnect({})]);
  expect(told).toEqual([true]);
});

test('a gateway that is replaced by a newer one meanwhile is called by the new names again', async () => {
  const { gateway, served, told } = gatewayWith(old);
  const client = createClient(Connect, gateway);
  await client.getDeviceList({});
  served.clear();
  served.add('gsdk.connect.Connect');
  await client.getDeviceList({});
  expect(told).toEqual([true, false]);
});

test('a service that it has under neither name is unknown by the first, and its names are what they were', async () => {
  const { gateway, told } = gatewayWith(['gsdk.connect.Connect']);
  const lacking = createClient(Device, gateway).getInfo({});
  await expect(lacking).rejects.toMatchObject({ rawMessage: 'unknown service gsdk.device.Device' });
  const client = createClient(Connect, gateway);
  await client.getDeviceList({});
  expect(told).toEqual([]);
});

test('what the old name answers is the answer, a refusal too', async () => {
  const { gateway, told } = gatewayWith([], (service) =>
    service === 'connect.Connect' ? answered(Code.NotFound, 'Cannot get connection') : unknown(service),
  );
  const call = createClient(Connect, gateway).disconnect({});
  await expect(call).rejects.toMatchObject({ code: Code.NotFound });
  expect(told).toEqual([true]);
});

test('a connection that is lost under the second call tells nothing of names, and is what is reported', async () => {
  const { gateway, told } = gatewayWith([], (service) =>
    service === 'connect.Connect' ? madeUp(Code.Canceled, 'stream closed') : unknown(service),
  );
  const call = createDeviceGateway(gateway, testConnection()).disconnect([846]);
  await expect(call).rejects.toMatchObject({ failure: { class: 'UNREACHABLE', outcome: 'unknown' } });
  expect(told).toEqual([]);
});

describe('it is not called again', () => {
  test.each([
    ['when somebody else than a gateway says so', madeUp(Code.Unimplemented, 'unknown service gsdk.connect.Connect')],
    ['when the method is unknown', answered(Code.Unimplemented, 'unknown method Disconnect for service x')],
    ['when another service is unknown', answered(Code.Unimplemented, 'unknown service gsdk.device.Device')],
    ['after any other status', answered(Code.Internal, 'unknown service gsdk.connect.Connect')],
  ])('%s', async (_when, error) => {
    const { gateway, paths, told } = gatewayWith([], () => error);
    const call = createClient(Connect, gateway).disconnect({});
    await expect(call).rejects.toThrow(error.message);
    expect({ paths, told }).toEqual({ paths: ['gsdk.connect.Connect/Disconnect'], told: [] });
  });
});
