import { expect, test } from 'vitest';
import { errorReport } from '../../src/cli/output/report-error.ts';
import { GsdkError } from '../../src/errors/gsdk-error.ts';
import { toResult } from '../../src/render/results.ts';

const unseen = new GsdkError({ class: 'UNREACHABLE', message: 'lost during GetDeviceList', stage: 'transport' });
const done = { deviceID: 1, ok: true, changed: true, outcome: 'applied', status: null } as const;

test('a write that was answered and not seen fails as applied, and is not to be retried', () => {
  const { failure } = toResult([done], {}, unseen);
  expect(failure?.exitCode).toBe(5);
  const context = { isJson: true, isColored: false, profile: null, gateway: null };
  expect(JSON.parse(errorReport(failure as GsdkError, context)).error).toMatchObject({
    outcome: 'applied',
    retryable: false,
  });
});

test('a device that failed is what is reported, whatever could not be seen', () => {
  const failure = { class: 'DEVICE', message: 'off', stage: 'device' } as const;
  expect(toResult([{ ...done, ok: false, failure }], {}, unseen).failure?.failure.class).toBe('DEVICE');
});
