import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toEndpoint } from '../../src/config/endpoint.ts';
import { type Flags, resolveConfiguration } from '../../src/config/resolve.ts';
import { makeCertificates } from '../../src/emulator/server/certificates.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const [ours, others] = await Promise.all([makeCertificates(), makeCertificates()]);
const endpoint = (flags: Flags, env = {}) => toEndpoint(resolveConfiguration({ gateway: 'gw1', ...flags }, env), env);
const usage = (message: unknown) => expect.objectContaining({ exitCode: 2, message });

function file(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const paths = { ca: '', certificate: '', key: '' };
beforeAll(() => {
  paths.ca = file('ca.crt', ours.ca, 0o644);
  paths.certificate = file('me.crt', ours.certificate, 0o644);
  paths.key = file('me.key', ours.key);
});

test('a gateway alone has no certificates, and the limits of the defaults', () => {
  expect(endpoint({})).toEqual({
    host: 'gw1',
    port: 4000,
    ...{ caFile: undefined, ca: undefined, cert: undefined, key: undefined, serverName: undefined },
    timeoutMs: 30_000,
    connectTimeoutMs: 5000,
  });
});

test('everything that is configured is in it, files read', () => {
  const flags = {
    caFile: paths.ca,
    certFile: paths.certificate,
    keyFile: paths.key,
    serverName: 'gw',
    requestTimeout: 'none',
  };
  const { ca, cert, key, ...others } = endpoint({ ...flags, connectTimeout: '1s' });
  expect([ca, cert].map((pem) => pem?.trim())).toEqual([ours.ca, ours.certificate].map((pem) => pem.trim()));
  expect(key).toBe(ours.key);
  expect(others).toMatchObject({
    ...{ caFile: paths.ca, serverName: 'gw', timeoutMs: Number.POSITIVE_INFINITY, connectTimeoutMs: 1000 },
  });
});

test('no gateway is refused, with the ways to get one', () => {
  expect(() => toEndpoint(resolveConfiguration({}, {}), {})).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: 'no gateway named',
      failure: expect.objectContaining({ hint: expect.stringMatching(/--gateway .*GSDK_GATEWAY .*gsdk emulator run/) }),
    }),
  );
});

describe('a CA file', () => {
  test('may be a bundle, with remarks between the certificates', () => {
    const bundle = file('bundle.crt', `our root\n${ours.ca}\r\nand theirs:\n${others.ca}\nthe end`);
    const { ca = '' } = endpoint({ caFile: bundle });
    expect(ca.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(ca).not.toContain('theirs');
  });

  test.each([
    ['that is empty', '', 'has no certificate in it'],
    ['of garbage', 'garbage', 'has no certificate in it'],
    ['that is a key', ours.key, 'has no certificate in it'],
    ['that is cut off', ours.ca.slice(0, 200), 'has no certificate in it'],
  ])('%s is refused before anything is dialled', (what, text, words) => {
    const path = file(`${what}.crt`, text);
    expect(() => endpoint({ caFile: path })).toThrow(usage(`the CA file ${path} ${words}`));
  });

  test('with a certificate that cannot be read is refused, and tells which', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const path = file('broken.crt', ours.ca + broken);
    expect(() => endpoint({ caFile: path })).toThrow(usage(`certificate 2 in the CA file ${path} cannot be read`));
  });

  test.each([
    ['missing', 'missing.crt', 'ENOENT'],
    ['a folder', '', 'EISDIR'],
  ])('that is %s is refused', (_what, name, code) => {
    const path = join(folder, name);
    expect(() => endpoint({ caFile: path })).toThrow(usage(`cannot read the CA file ${path} (${code})`));
  });
});

describe('a client certificate', () => {
  test('needs both its files', () => {
    const message = 'a client certificate needs both its files';
    expect(() => endpoint({ certFile: paths.certificate })).toThrow(usage(message));
    expect(() => endpoint({ keyFile: paths.key })).toThrow(usage(message));
  });

  test.each([
    ['of another certificate', others.key],
    ['that is garbage', 'garbage'],
    ['that is empty', ''],
  ])('with a key %s is refused', (what, key) => {
    const keyFile = file(`${what}.key`, key);
    expect(() => endpoint({ certFile: paths.certificate, keyFile })).toThrow(
      usage(`the key in ${keyFile} does not belong to the certificate in ${paths.certificate}`),
    );
  });

  test('with a key that is not there, or that others can write, is refused', () => {
    const missing = join(folder, 'missing.key');
    const open = file('open.key', ours.key, 0o666);
    const certFile = paths.certificate;
    expect(() => endpoint({ certFile, keyFile: missing })).toThrow(usage(`no key file at ${missing}`));
    expect(() => endpoint({ certFile, keyFile: open })).toThrow(usage(`the key file ${open} can be written by others`));
  });
});

describe('within emulator exec', () => {
  const env = { GSDK_EMULATOR: '1' };

  test.each(['127.0.0.1:4000', 'localhost', '[::1]'])('the gateway %s is this machine', (gateway) => {
    expect(endpoint({ gateway }, env).port).toBe(4000);
  });

  test.each(['gw1', '192.168.0.2', '[2001:db8::1]', 'localhost.example.com'])(
    'the gateway %s is refused',
    (gateway) => {
      expect(() => endpoint({ gateway }, env)).toThrow(
        expect.objectContaining({ exitCode: 9, message: expect.stringContaining(`${gateway} is not on this machine`) }),
      );
      expect(endpoint({ gateway }, { GSDK_EMULATOR: '' }).port).toBe(4000);
    },
  );
});
