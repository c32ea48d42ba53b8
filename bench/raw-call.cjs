// The floor under `gsdk device ls`: a program of nothing but node:http2 that makes the same call over
// the same TLS, reads the whole answer, and prints how long it is.
const { readFileSync } = require('node:fs');
const { connect } = require('node:http2');

const session = connect(`https://${process.env.GSDK_GATEWAY}`, { ca: readFileSync(process.env.GSDK_CA_FILE) });
const call = session.request({
  ':method': 'POST',
  ':path': '/gsdk.connect.Connect/GetDeviceList',
  'content-type': 'application/grpc+proto',
  te: 'trailers',
});
let length = 0;
call.on('data', (chunk) => {
  length += chunk.length;
});
call.on('trailers', (trailers) => {
  if (trailers['grpc-status'] !== '0') throw new Error(`the call failed with ${trailers['grpc-status']}`);
});
call.on('end', () => {
  console.log(length);
  session.close();
});
// An empty message: no compression, length zero.
call.end(Buffer.alloc(5));
