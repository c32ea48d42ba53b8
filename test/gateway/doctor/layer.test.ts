import { expect, test } from 'vitest';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import { complete, fail, layers, pass, warn } from '../../../src/gateway/doctor/layer.ts';

const failure = new GsdkError({ class: 'UNREACHABLE', message: 'gone', hint: 'look', stage: 'transport' });

test('what was not found out could not be looked at, and the order is that of the layers', () => {
  const found = complete([warn('devices', 'none', 'add some'), fail('tcp', failure), pass('dns', '127.0.0.1')]);
  expect(found.map(({ layer }) => layer)).toEqual(Object.keys(layers));
  expect(found.filter(({ ok }) => ok !== null)).toEqual([
    { layer: 'dns', ok: true, finding: '127.0.0.1', hint: null },
    { layer: 'tcp', ok: false, finding: 'gone', hint: 'look', failure },
    { layer: 'devices', ok: false, finding: 'none', hint: 'add some' },
  ]);
});
