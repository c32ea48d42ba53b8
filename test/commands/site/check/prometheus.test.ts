import { expect, test } from 'vitest';
import { findingNames, findingsOf } from '../../../../src/commands/site/check/drift.ts';
import { prometheus } from '../../../../src/commands/site/check/prometheus.ts';
import { GsdkError } from '../../../../src/errors/gsdk-error.ts';
import { down } from '../../../support/fake-gateway.ts';
import { asyncEntry, door, liveSite } from '../../../support/site.ts';

const site = [door(1, { name: 'Front "A"\\B\n' }), door(2)];
const live = liveSite([asyncEntry(1), down(2, { autoReconnect: true })]);
const { text, exitCode } = prometheus.found({ site, live, findings: findingsOf(site, live) }, 'gw1:4000');

test('every line is a comment or a sample, and every metric has its type', () => {
  const sample = /^(\w+)\{(?:\w+="(?:[^"\\\n]|\\["\\])*",?)+\} \d+$/;
  const lines = text.trimEnd().split('\n');
  const types = new Set(lines.flatMap((line) => /^# TYPE (\w+) gauge$/.exec(line)?.[1] ?? []));
  for (const line of lines.filter((one) => !one.startsWith('# '))) {
    const [, metric = ''] = sample.exec(line) ?? expect.unreachable(line);
    expect(types).toContain(metric);
  }
  expect(exitCode).toBe(0);
});

test('doors are up or not, findings are counted, none left out', () => {
  expect(text).toContain('gsdk_gateway_up{gateway="gw1:4000"} 1\n');
  expect(text).toContain('gsdk_site_doors{gateway="gw1:4000"} 2\n');
  expect(text).toContain('gsdk_door_up{gateway="gw1:4000",device_id="1",name="Front \\"A\\"\\\\B\\\\x0a"} 1\n');
  expect(text).toContain('gsdk_door_up{gateway="gw1:4000",device_id="2",name="Door 2"} 0\n');
  expect(text).toContain('gsdk_site_findings{gateway="gw1:4000",finding="DOWN"} 1\n');
  for (const name of Object.keys(findingNames)) expect(text).toContain(`finding="${name}"`);
});

test('of a gateway that does not answer it is said that it is down, and nothing of its doors', () => {
  const error = new GsdkError({ class: 'UNREACHABLE', message: 'no', stage: 'transport' });
  const told = prometheus.failed(error, 'gw1:4000');
  expect(told.exitCode).toBe(0);
  expect(told.text.split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([
    'gsdk_gateway_up{gateway="gw1:4000"} 0',
  ]);
});

test('a mistake of the user is no metric', () => {
  const error = new GsdkError({ class: 'USAGE', message: 'no such file', stage: 'cli' });
  expect(() => prometheus.failed(error, 'gw1:4000')).toThrow(error);
});
