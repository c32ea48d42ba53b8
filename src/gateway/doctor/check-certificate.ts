import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { formatHostPort } from '../../base/address.ts';
import { classify } from '../../errors/classify.ts';
import { GsdkError } from '../../errors/gsdk-error.ts';
import type { CertificateDetails } from '../transport/certificate.ts';
import { toConnectContext } from '../transport/connect-deadline.ts';
import { countDaysLeft } from '../transport/days-left.ts';
import type { Endpoint } from '../transport/endpoint.ts';
import { toServerName } from '../transport/tls-socket.ts';
import { type CheckResult, fail, pass } from './layer.ts';
import type { Handshake } from './reach.ts';

/** From how many days on it is said that a certificate will expire. */
const soonDays = 30;

/** What is to be said of a certificate: whether to trust it, for which name and how long, each by itself. */
export function checkCertificate(endpoint: Endpoint, handshake: Handshake, signal: AbortSignal): CheckResult[] {
  const { certificate, nameError } = handshake;
  const explained = (error: Error) => classify(error, toConnectContext(endpoint, signal));
  if (!certificate) return [fail('trust', noCertificate(endpoint))];
  const name = nameError ? fail('name', explained(nameError)) : pass('name', `it is for ${toServerName(endpoint)}`);
  return [
    judgeTrust(endpoint, handshake, certificate, explained),
    name,
    judgeExpiry(handshake, certificate, explained),
  ];
}

type Explain = (error: Error) => GsdkError;

const withCode = (code: string) => Object.assign(new Error(code), { code });

/** The codes that speak of dates; they say nothing about trust. */
const isAboutDates = (code: string | undefined) => code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID';

function judgeTrust(
  { pin, caFile, ca }: Endpoint,
  { chainError, chain }: Handshake,
  { sha256, issuer }: CertificateDetails,
  explained: Explain,
): CheckResult {
  if (pin !== undefined) {
    return pin === sha256 ? pass('trust', 'it is the one that is pinned') : fail('trust', otherPin(pin, sha256));
  }
  // Of several things that are wrong only the last is told: behind dates that are wrong there may be another root.
  const isTrusted = chainError === undefined || (isAboutDates(chainError) && isRooted(chain, ca));
  if (isTrusted) {
    return pass('trust', `it is signed by ${issuer}, as ${caFile ?? 'a root of this system'} says`);
  }
  const { failure } = explained(withCode(isAboutDates(chainError) ? 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' : chainError));
  const hint = `${failure.hint}; or, if its owner confirms that it is this one: --pin sha256:${sha256}`;
  return fail('trust', new GsdkError({ ...failure, hint }));
}

/** Whether one of these certificates is signed by one of the roots, whatever the dates say. */
function isRooted(chain: readonly X509Certificate[], ca: string | undefined): boolean {
  const roots = (ca?.match(pemCertificate) ?? rootCertificates).map((pem) => new X509Certificate(pem));
  return chain.some((one) => roots.some((root) => one.checkIssued(root) && one.verify(root.publicKey)));
}

const pemCertificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function judgeExpiry({ chainError }: Handshake, certificate: CertificateDetails, explained: Explain): CheckResult {
  const { notBefore, notAfter } = certificate;
  const now = Date.now();
  if (now < notBefore.getTime()) return fail('expiry', explained(withCode('CERT_NOT_YET_VALID')));
  if (now > notAfter.getTime()) return fail('expiry', explained(withCode('CERT_HAS_EXPIRED')));
  // Then it is one above it that has expired.
  if (chainError !== undefined && isAboutDates(chainError)) return fail('expiry', explained(withCode(chainError)));
  const left = countDaysLeft(certificate, now);
  const finding = `valid until ${notAfter.toISOString()}, ${left} days more`;
  return pass(
    'expiry',
    finding,
    left < soonDays ? 'renew it soon; to be reminded: gsdk gateway ping --cert-warn 30d' : null,
  );
}

const noCertificate = (endpoint: Endpoint) =>
  new GsdkError({
    class: 'AUTH_TLS',
    message: `${formatHostPort(endpoint)} has no certificate`,
    hint: 'that is another kind of server; name the gateway: --gateway HOST:PORT',
    stage: 'transport',
  });

const otherPin = (pin: string, seen: string) =>
  new GsdkError({
    class: 'AUTH_TLS',
    message: `it is sha256:${seen}, not the one that is pinned, sha256:${pin}`,
    hint: `only if its owner confirms the new one: --pin sha256:${seen}`,
    stage: 'transport',
  });
