import { expect, test } from 'vitest';
import { inferVersionBounds } from '../../../src/gateway/grpc/version-bounds.ts';

test.each([
  [true, [], { minVersion: null, maxVersion: '1.4' }],
  [false, [], { minVersion: '1.5', maxVersion: null }],
  [false, ['TLS_CONNECTED', 'DISCONNECTED'], { minVersion: '1.5', maxVersion: null }],
  [false, ['DISCONNECTED', 'TRY_TO_CONNECT'], { minVersion: '1.9.1', maxVersion: null }],
])('old names %s and statuses %j betray %j', (hasOldNames, statuses, bounds) => {
  expect(
    inferVersionBounds(
      { hasOldNames },
      statuses.map((status) => ({ status })),
    ),
  ).toEqual(bounds);
});
