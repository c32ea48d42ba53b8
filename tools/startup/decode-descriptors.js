// Decodes the descriptors in generated code at build time, from base64 to JSON. At run time that takes 10 ms and needs
// the descriptor of descriptors.
import { readFile } from 'node:fs/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { base64Decode } from '@bufbuild/protobuf/wire';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';

const decode = (base64) => JSON.stringify(fromBinary(FileDescriptorProtoSchema, base64Decode(base64)));

const rewrite = async (path, pattern, replacement) => ({
  contents: (await readFile(path, 'utf8')).replace(pattern, replacement),
  loader: path.endsWith('.ts') ? 'ts' : 'js',
});

/** An esbuild plugin. It changes both sides, the generated files and the function that reads them. */
export const decodeDescriptors = {
  name: 'decode-descriptors',
  setup({ onLoad }) {
    onLoad({ filter: /_pb\.[jt]s$/ }, ({ path }) =>
      rewrite(path, /(?<=fileDesc\()"([^"]+)"/, (_, base64) => JSON.stringify(decode(base64))),
    );
    onLoad({ filter: /codegenv2.file\.js$/ }, ({ path }) => rewrite(path, /fromBinary\(.*(?=;)/, 'JSON.parse(b64)'));
  },
};
