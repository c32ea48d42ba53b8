import { describe, expect, test } from 'vitest';
import { errorContext } from '../../../src/cli/output/error-context.ts';
import { fakeHost } from '../../support/host.ts';

describe('what the report of an error is told', () => {
  test.each([
    ['a flag', {}, ['search', '--json'], true],
    ['a flag behind others', {}, ['-vo', 'json', 'search'], true],
    ['a flag after its sign', {}, ['-o=ndjson', 'search'], true],
    ['a variable', { GSDK_OUTPUT: 'json' }, ['search'], true],
    ['a variable that a flag overrules', { GSDK_OUTPUT: 'json' }, ['-o', 'table', 'search'], false],
    ['nobody', {}, ['search', '-o', 'csv'], false],
    ['the command after --', {}, ['emulator', 'exec', '--', 'gsdk', '--json'], false],
    ['a word that only ends so', {}, ['search', 'x--json'], false],
  ])('JSON, if asked for by %s: %j %j', (_what, env, argv, isJson) => {
    expect(errorContext(argv, fakeHost({ env }))).toMatchObject({ isJson, isColored: false });
  });

  test('whom it concerns, as far as the configuration can be read', () => {
    const env = { GSDK_GATEWAY: 'gw1', GSDK_COLOR: 'always' };
    expect(errorContext([], fakeHost({ env }))).toEqual({
      ...{ isJson: false, isColored: true, profile: null, gateway: 'gw1:4000' },
    });
    const broken = { ...env, GSDK_REQUEST_TIMEOUT: 'soon', GSDK_OUTPUT: 'ndjson' };
    expect(errorContext([], fakeHost({ env: broken }))).toEqual({
      ...{ isJson: true, isColored: false, profile: null, gateway: null },
    });
  });

  test('the gateway of a flag rather than that of a variable, though the command is unknown', () => {
    const argv = ['--gateway', 'a:2', 'device', 'bogus', '--color=always'];
    expect(errorContext(argv, fakeHost({ env: { GSDK_GATEWAY: 'b:1' } }))).toMatchObject({
      gateway: 'a:2',
      isColored: true,
    });
  });
});
