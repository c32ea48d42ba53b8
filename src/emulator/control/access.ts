import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Makes a token that nobody guesses: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Why a request is turned away, as the Connect protocol says it. */
export interface Refusal {
  readonly httpStatus: 401 | 403;
  readonly code: 'unauthenticated' | 'permission_denied';
  readonly message: string;
}

/**
 * Whether a request may come in: not from a web page, which says so by an `Origin`; not under a name that somebody else
 * has let point to this machine; and not without the token.
 *
 * @returns why not, or undefined
 */
export function refusalOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { port, token }: { port: number; token: string },
): Refusal | undefined {
  if (headers.origin !== undefined) return forbidden('requests of web pages are refused');
  if (headers.host !== `127.0.0.1:${port}` && headers.host !== `localhost:${port}`) {
    return forbidden(`expected Host: 127.0.0.1:${port}`);
  }
  if (isSame(headers.authorization ?? '', `Bearer ${token}`)) return undefined;
  return { httpStatus: 401, code: 'unauthenticated', message: 'expected Authorization: Bearer TOKEN, with its token' };
}

const forbidden = (message: string): Refusal => ({ httpStatus: 403, code: 'permission_denied', message });

/** In a time that tells nothing of where two texts differ, nor of their lengths. */
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));

const digest = (text: string) => createHash('sha256').update(text).digest();
