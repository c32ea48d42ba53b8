import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isLoopback } from '../base/address.ts';
import { GsdkError, usageError } from '../errors/gsdk-error.ts';
import type { Endpoint } from '../gateway/transport/endpoint.ts';
import { type Environment, readOwnFile } from './file.ts';
import type { Configuration } from './resolve.ts';

/** One PEM certificate within a bundle. */
const pemCertificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The gateway that the configuration names, with every file read and checked, so that nothing is
 * left to go wrong between here and the dial.
 *
 * @throws GsdkError USAGE when no gateway is named or a file is not what it should be; CONFLICT when
 *   a gateway outside this machine is named within `emulator exec`
 */
export function toEndpoint(configuration: Configuration, env: Environment): Endpoint {
  const { gateway, caFile, pin, certFile, keyFile, serverName, requestTimeout, connectTimeout } = configuration;
  if (!gateway) {
    const hint =
      '--gateway HOST:PORT --ca-file ca.crt, or GSDK_GATEWAY and GSDK_CA_FILE; to try things out: gsdk emulator run';
    throw usageError('no gateway named', hint);
  }
  if (pin && caFile) {
    const message = `${pin.source} beside ${caFile.source}: one of them decides whom to trust`;
    throw usageError(message, 'leave one of them out; where they come from: gsdk config show');
  }
  if (env.GSDK_EMULATOR === '1' && !isLoopback(gateway.value.host)) throw leavesEmulator(gateway.text);
  return {
    ...gateway.value,
    caFile: caFile?.value,
    ca: caFile && readCertificates(caFile.value, 'CA file'),
    pin: pin?.value,
    ...readIdentity(certFile?.value, keyFile?.value),
    serverName: serverName?.value,
    timeoutMs: requestTimeout.value,
    connectTimeoutMs: connectTimeout.value,
  };
}

/** Node takes a `ca` without any certificate in silence, so the file is parsed here. */
function readCertificates(path: string, what: string): string {
  const found = readText(path, what).match(pemCertificate) ?? [];
  if (found.length === 0) throw usageError(`the ${what} ${path} has no certificate in it`, pemHint);
  for (const [index, pem] of found.entries()) {
    try {
      new X509Certificate(pem);
    } catch {
      throw usageError(`certificate ${index + 1} in the ${what} ${path} cannot be read`, pemHint);
    }
  }
  return found.join('\n');
}

function readIdentity(certFile: string | undefined, keyFile: string | undefined) {
  if (certFile === undefined && keyFile === undefined) return { cert: undefined, key: undefined };
  if (certFile === undefined || keyFile === undefined) {
    throw usageError('a client certificate needs both its files', '--cert-file FILE --key-file FILE');
  }
  const cert = readCertificates(certFile, 'certificate file');
  const key = readOwnFile(keyFile, 'key file');
  if (key === undefined) throw usageError(`no key file at ${keyFile}`, 'name a file that exists: --key-file FILE');
  if (!isKeyOf(cert, key)) {
    throw usageError(
      `the key in ${keyFile} does not belong to the certificate in ${certFile}`,
      'name the two that were issued together',
    );
  }
  return { cert, key };
}

function isKeyOf(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw usageError(`cannot read the ${what} ${path} (${code})`, 'name a file that exists: gsdk config show');
  }
}

const pemHint = "it should be PEM, with BEGIN CERTIFICATE; use the gateway's ca.crt";

const leavesEmulator = (gateway: string) =>
  new GsdkError({
    class: 'CONFLICT',
    message: `${gateway} is not on this machine, and this runs within the embedded gateway (GSDK_EMULATOR=1)`,
    hint: 'nothing was sent; to mean a real gateway, run the command outside of: gsdk emulator exec',
    stage: 'cli',
  });
