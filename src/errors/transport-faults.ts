import type { ErrorClass } from './exit-codes.ts';

/** What is known of a dial or a connection that failed. Codes and texts come from Node and are untrusted. */
export interface FaultFacts {
  /** The gateway as `host:port`. */
  target: string;
  host: string;
  caFile: string | undefined;
  serverName: string | undefined;
  /** Node's own errors, outermost first. */
  errors: readonly NodeFault[];
}

/** The members that Node's system and TLS errors have beside their message. */
export interface NodeFault extends Error {
  code?: string;
  address?: string;
  port?: number;
  /** The peer certificate, on `ERR_TLS_CERT_ALTNAME_INVALID`. */
  cert?: { subjectaltname?: string };
}

interface Fault {
  /** Codes of Node errors; a trailing `*` matches any ending. The first entry that matches decides. */
  codes: readonly string[];
  class: ErrorClass;
  message(facts: FaultFacts): string;
  hint(facts: FaultFacts): string;
}

/** What can go wrong between us and a gateway, from the name look-up to HTTP/2, and the next thing to try. */
const faults: readonly Fault[] = [
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_*'],
    class: 'UNREACHABLE',
    message: ({ host }) => `unknown host ${host}`,
    hint: () => 'check the name; where it comes from: gsdk config show',
  },
  {
    codes: ['ECONNREFUSED'],
    class: 'UNREACHABLE',
    message: ({ target, errors }) => `nothing listens at ${target}${addresses(errors)}`,
    hint: () => 'is the gateway running, and is this its address? gsdk config show',
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL', 'EINVAL', 'ETIMEDOUT'],
    class: 'UNREACHABLE',
    message: ({ target, errors }) => `no route to ${target}${addresses(errors)}`,
    hint: () => 'check the network between here and the gateway, then: gsdk gateway ping',
  },
  {
    codes: ['CERT_HAS_EXPIRED'],
    class: 'AUTH_TLS',
    message: ({ target }) => `the certificate of ${target} has expired`,
    hint: () => 'renew the certificate of the gateway, or correct the clock of this machine',
  },
  {
    codes: ['CERT_NOT_YET_VALID'],
    class: 'AUTH_TLS',
    message: ({ target }) => `the certificate of ${target} is not valid yet`,
    hint: () => 'correct the clock of this machine, or of the one that made the certificate',
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    class: 'AUTH_TLS',
    message: ({ host, serverName, errors }) =>
      `the certificate is not for ${serverName ?? host}; it names ${certificateNames(errors) || 'nobody'}`,
    hint: ({ errors }) => `--server-name ${firstName(errors) ?? 'NAME'}, if that is this gateway`,
  },
  {
    codes: ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_*', 'CERT_*', 'INVALID_*'],
    class: 'AUTH_TLS',
    message: ({ target, caFile }) =>
      `the certificate of ${target} is not signed by ${caFile === undefined ? 'any root of this system' : `the root in ${caFile}`}`,
    hint: () => 'give the ca.crt of this very gateway: --ca-file FILE',
  },
  {
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST', 'EPROTO'],
    class: 'AUTH_TLS',
    message: ({ target }) => `${target} does not speak TLS`,
    hint: () => 'gateways serve gRPC over TLS, on port 4000 unless configured otherwise: --gateway HOST:PORT',
  },
  {
    codes: [
      'ERR_HTTP2_GOAWAY_SESSION',
      'ERR_HTTP2_INVALID_SESSION',
      'ERR_HTTP2_SESSION_ERROR',
      'ERR_HTTP2_STREAM_CANCEL',
      'ERR_HTTP2_STREAM_ERROR',
    ],
    class: 'UNREACHABLE',
    message: ({ target }) => `${target} closed the connection`,
    hint: () => 'look again, and at the log of the gateway: gsdk gateway ping',
  },
  {
    codes: ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'ERR_HTTP2_*', 'ERR_SSL_NO_*'],
    class: 'AUTH_TLS',
    message: ({ target }) => `${target} speaks TLS, but not gRPC`,
    hint: () => 'that is another kind of server; name the gateway: --gateway HOST:PORT',
  },
  {
    codes: ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ERR_SSL_*_ALERT_*'],
    class: 'AUTH_TLS',
    message: ({ target }) => `${target} refused the TLS handshake; it may want a client certificate`,
    hint: () => 'give the certificate that was issued for you: --cert-file FILE --key-file FILE',
  },
  {
    codes: ['ERR_SSL_*', 'ERR_TLS_*', 'ERR_OSSL_*'],
    class: 'AUTH_TLS',
    message: ({ target, errors }) => `no TLS with ${target}: ${errors.at(-1)?.code ?? 'unknown reason'}`,
    hint: () => 'compare the TLS settings of the gateway with: gsdk config show',
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_*', 'ERR_SOCKET_*'],
    class: 'UNREACHABLE',
    message: ({ target }) => `${target} closed the connection`,
    hint: () => 'look again, and at the log of the gateway: gsdk gateway ping',
  },
];

/** A transport fault in words. */
export interface ExplainedFault {
  class: ErrorClass;
  message: string;
  hint: string;
}

/** Finds what Node's errors mean for the connection to a gateway; `undefined` when none of them is known. */
export function explainFault(facts: FaultFacts): ExplainedFault | undefined {
  const codes = facts.errors.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  const fault = faults.find((candidate) => codes.some((code) => candidate.codes.some((known) => isMatch(known, code))));
  return fault && { class: fault.class, message: fault.message(facts), hint: fault.hint(facts) };
}

/** Every error in a chain of causes, those of an `AggregateError` too, outermost first. */
export function causeChain(error: unknown, seen = new Set<unknown>()): NodeFault[] {
  if (!(error instanceof Error) || seen.has(error)) return [];
  seen.add(error);
  const inner: unknown[] = [...(error instanceof AggregateError ? error.errors : []), error.cause];
  return [error, ...inner.flatMap((next) => causeChain(next, seen))];
}

const isMatch = (known: string, code: string) => {
  const [start = '', ...ends] = known.split('*');
  return ends.length === 0 ? code === known : code.startsWith(start) && ends.every((part) => code.includes(part));
};

const addresses = (errors: readonly NodeFault[]) => {
  const tried = new Set(errors.flatMap(({ address, port }) => (address ? [`${address} port ${port}`] : [])));
  return tried.size === 0 ? '' : ` (tried ${[...tried].join(', ')})`;
};

const certificateNames = (errors: readonly NodeFault[]) =>
  errors.flatMap(({ cert }) => cert?.subjectaltname ?? []).join(', ');

const firstName = (errors: readonly NodeFault[]) => /DNS:([A-Za-z0-9_.-]+)/.exec(certificateNames(errors))?.[1];
