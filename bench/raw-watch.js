// The floor under `gsdk watch`: the bare client library, which takes the same changes and only counts them.
import { readFileSync } from 'node:fs';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { Connect } from '../src/gen/connect_pb.ts';

const transport = createGrpcTransport({
  baseUrl: `https://${process.env.GSDK_GATEWAY}`,
  nodeOptions: { ca: readFileSync(process.env.GSDK_CA_FILE) },
});
let count = 0;
for await (const _ of createClient(Connect, transport).subscribeStatus({ queueSize: 1_000_000 })) count++;
console.log(count);
