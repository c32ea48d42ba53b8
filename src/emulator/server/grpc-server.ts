import type { DescService } from '@bufbuild/protobuf';
import { Server } from '@grpc/grpc-js';
import { Connect } from '../../gen/connect_pb.ts';
import { Device } from '../../gen/device_pb.ts';
import { Network } from '../../gen/network_pb.ts';
import type { CallLog } from '../calls/call-log.ts';
import { recordCalls } from '../calls/record-calls.ts';
import { withFaults } from '../faults/with-faults.ts';
import type { EmulatedGateway } from '../gateway-process/device-gateway.ts';
import { connectHandlers } from '../services/connect/connect-handlers.ts';
import { deviceHandlers } from '../services/device/device-handlers.ts';
import { networkHandlers } from '../services/network/network-handlers.ts';
import { type Handlers, type OnBug, serve } from './serve.ts';
import { refuseUnknownMethods } from './unknown-method.ts';
import { serviceName } from './wire-names.ts';

/** A gRPC server that answers as this gateway process; it has no port yet. */
export function grpcServer(gateway: EmulatedGateway, { onBug, calls }: { onBug: OnBug; calls: CallLog }): Server {
  const server = new Server({
    'grpc.max_receive_message_length': gateway.settings.largestRequest,
    'grpc.max_send_message_length': -1,
  });
  const nameOf = (service: DescService) => serviceName(service, gateway.settings);
  const answer = <S extends DescService>(service: S, handlers: Handlers<S>) => {
    const name = nameOf(service);
    const noted = recordCalls(service, withFaults(service, handlers, gateway), { calls, name });
    serve(server, service, noted, { name, onBug });
  };
  answer(Connect, connectHandlers(gateway));
  answer(Device, deviceHandlers(gateway));
  answer(Network, networkHandlers(gateway));
  const services = new Set([Connect, Device, Network].map(nameOf));
  refuseUnknownMethods(server, services, { gate: gateway.gates.calls, calls });
  return server;
}
