import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ErrorContext, errorReport } from '../../../src/cli/output/report-error.ts';
import type { ErrorClass } from '../../../src/errors/exit-codes.ts';
import { type Failure, GsdkError } from '../../../src/errors/gsdk-error.ts';
import { always } from '../../support/always.ts';
import { anyText, unprintablePoints } from '../../support/hostile.ts';

const plain: ErrorContext = { isJson: false, isColored: false, profile: null, gateway: null };
const json: ErrorContext = { ...plain, isJson: true };
const report = (failure: Partial<Failure>, context = plain) =>
  errorReport(
    new GsdkError({ id: 'DEVICE_OFFLINE', class: 'DEVICE', message: 'offline', stage: 'device', ...failure }),
    context,
  );
const object = (failure: Partial<Failure>, context = json) => JSON.parse(report(failure, context)).error;

describe('for people', () => {
  test('is a line, and a hint if there is one', () => {
    expect(report({})).toBe('gsdk: offline\n');
    expect(report({ hint: 'switch it on' })).toBe('gsdk: offline\nhint: switch it on\n');
  });

  test('names the profile first', () => {
    expect(report({}, { ...plain, profile: 'site1', gateway: 'gw1:4000' })).toBe('gsdk: site1: offline\n');
  });

  test('colours the name only', () => {
    expect(report({ hint: 'wait' }, { ...plain, isColored: true })).toBe('\x1b[31mgsdk:\x1b[39m offline\nhint: wait\n');
  });
});

describe('for programs', () => {
  test('is one object with all members, null where there is nothing', () => {
    expect(report({}, json)).toBe(
      '{"error":{"id":"DEVICE_OFFLINE","class":"DEVICE","exitCode":6,"code":null,"message":"offline","hint":null,"target":null,' +
        '"profile":null,"gateway":null,"stage":"device","retryable":false,"outcome":"not-applied"}}\n',
    );
  });

  test('names those whom a refused change would have shut out, and only then', () => {
    expect(object({ lockedOut: [7, 846] }).lockedOut).toEqual([7, 846]);
    expect(object({})).not.toHaveProperty('lockedOut');
  });

  test('says everything that is known', () => {
    const failure: Failure = {
      id: 'INTERRUPTED',
      class: 'SIGNAL',
      exitCode: 143,
      message: 'ended',
      hint: 'look',
      code: 'CANCELLED',
      target: '846',
      stage: 'cli',
      outcome: 'unknown',
    };
    const context = { ...json, profile: 'site1', gateway: 'gw1:4000' };
    expect(object(failure, context)).toEqual({ ...failure, profile: 'site1', gateway: 'gw1:4000', retryable: false });
  });

  test.each([
    ['UNREACHABLE', true],
    ['BUSY', true],
    ['TIMEOUT', true],
    ['USAGE', false],
    ['AUTH_TLS', false],
    ['DEVICE', false],
    ['PARTIAL', false],
    ['CONFLICT', false],
    ['INTERNAL', false],
  ] satisfies [ErrorClass, boolean][])('%s is worth another try: %s', (errorClass, retryable) => {
    expect(object({ class: errorClass }).retryable).toBe(retryable);
    expect(object({ class: errorClass, outcome: 'unknown' }).retryable).toBe(false);
  });

  test('has no colour, even where it is wanted', () => {
    expect(report({}, { ...json, isColored: true })).toBe(report({}, json));
  });
});

test('whatever the texts are, it is one line of each, without a control character, and JSON stays JSON', () => {
  always(fc.record({ message: anyText, hint: anyText, target: anyText }), (texts) => {
    expect(report(texts)).toMatch(/^gsdk: [^\n]*\nhint: [^\n]*\n$/);
    expect(object(texts)).toMatchObject(JSON.parse(JSON.stringify(texts)));
    for (const context of [plain, json]) {
      const text = report(texts, { ...context, profile: texts.target });
      expect(unprintablePoints(text.replaceAll('\n', ''))).toEqual([]);
    }
    expect(report(texts, json)).toMatch(/^[^\n]+\n$/);
  });
});
