import { expect, test } from 'vitest';
import { newToken, refusalOf } from '../../../src/emulator/control/access.ts';

const door = { port: 4001, token: newToken() };
const right = { host: '127.0.0.1:4001', authorization: `Bearer ${door.token}` };

test('a token has 256 bits, and no two are the same', () => {
  const tokens = Array.from({ length: 100 }, newToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});

test.each([right, { ...right, host: 'localhost:4001' }])(
  'who has the token and comes from here may come in: %j',
  (headers) => {
    expect(refusalOf({ headers }, door)).toBeUndefined();
  },
);

test.each([
  ['without a token', { host: right.host }],
  ['with another token', { ...right, authorization: `Bearer ${newToken()}` }],
  ['with a part of the token', { ...right, authorization: right.authorization.slice(0, -1) }],
  ['with more than the token', { ...right, authorization: `${right.authorization}x` }],
  ['with the token and no scheme', { ...right, authorization: door.token }],
])('%s the token is asked for', (_, headers) => {
  expect(refusalOf({ headers }, door)).toMatchObject({ httpStatus: 401, code: 'unauthenticated' });
});

test.each([
  ['a web page, whatever it knows', { ...right, origin: 'http://127.0.0.1:4001' }],
  ['a web page without an address', { ...right, origin: 'null' }],
  ['a name that somebody lets point to this machine', { ...right, host: 'rebound.example:4001' }],
  ['another port', { ...right, host: '127.0.0.1:4002' }],
  ['no port', { ...right, host: '127.0.0.1' }],
  ['no host', { authorization: right.authorization }],
])('%s is refused', (_, headers) => {
  expect(refusalOf({ headers }, door)).toMatchObject({ httpStatus: 403, code: 'permission_denied' });
});
