import { expect, test } from 'vitest';
import { findingsOf } from '../../../../src/commands/site/check/drift.ts';
import type { Checked } from '../../../../src/commands/site/check/monitoring-format.ts';
import { nagios } from '../../../../src/commands/site/check/nagios.ts';
import type { ErrorClass } from '../../../../src/errors/exit-codes.ts';
import { GsdkError } from '../../../../src/errors/gsdk-error.ts';
import { down } from '../../../support/fake-gateway.ts';
import { asyncEntry, door, liveSite } from '../../../support/site.ts';

/** So many doors, the first ones of them down. */
function checked(doors: number, downs: number, name?: string): Checked {
  const ids = Array.from({ length: doors }, (_, index) => index + 1);
  const site = ids.map((id) => door(id, name === undefined ? {} : { name }));
  const live = liveSite(ids.map((id) => (id <= downs ? down(id, { autoReconnect: true }) : asyncEntry(id))));
  return { site, live, findings: findingsOf(site, live) };
}

test.each([
  [0, 0, undefined, 0, 'OK'],
  [1, 0, undefined, 1, 'WARNING'],
  [1, 1, undefined, 0, 'OK'],
  [2, 1, 2, 1, 'WARNING'],
  [3, 1, 2, 2, 'CRITICAL'],
  [3, 0, 0, 2, 'CRITICAL'],
])('%d findings, a warning above %s, critical above %s: %d %s', (downs, warning, critical, exitCode, state) => {
  const told = nagios({ warning, critical }).found(checked(20, downs), 'gw1:4000');
  expect(told.exitCode).toBe(exitCode);
  expect(told.text).toMatch(new RegExp(`^GSDK ${state} - 20 doors, `));
  expect(told.text.endsWith(` | findings=${downs};${warning};${critical ?? ''};0 up=${20 - downs};;;0;20\n`)).toBe(
    true,
  );
});

test('an empty gateway is critical, whatever the limits', () => {
  const live = liveSite();
  const empty = { site: [door(1)], live, findings: findingsOf([door(1)], live) };
  expect(nagios({ warning: 10, critical: undefined }).found(empty, 'gw1:4000')).toEqual({
    text: 'GSDK CRITICAL - 1 door, 1 finding: GATEWAY_EMPTY | findings=1;10;;0 up=0;;;0;1\n',
    exitCode: 2,
  });
});

test('up to ten are named, on one line, and no name can end the line or begin the data', () => {
  const { text } = nagios({ warning: 0, critical: undefined }).found(checked(20, 12, 'a|b\nc'), 'gw1:4000');
  expect(text.split('\n')).toHaveLength(2);
  expect(text.split('|')).toHaveLength(2);
  expect(text).toContain('a/b\\x0ac (1) DOWN, ');
  expect(text).toContain('(10) DOWN, and 2 more |');
});

test.each<[ErrorClass, number]>([
  ['UNREACHABLE', 2],
  ['TIMEOUT', 2],
  ['AUTH_TLS', 2],
  ['USAGE', 3],
  ['INTERNAL', 3],
])('a failure of class %s is %d', (errorClass, exitCode) => {
  const error = new GsdkError({ class: errorClass, message: 'it did not work', stage: 'transport' });
  const told = nagios({ warning: 0, critical: undefined }).failed(error, 'gw1:4000');
  expect(told.exitCode).toBe(exitCode);
  expect(told.text).toBe(`GSDK ${exitCode === 2 ? 'CRITICAL' : 'UNKNOWN'} - it did not work\n`);
});
