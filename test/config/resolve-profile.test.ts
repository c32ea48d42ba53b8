import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveConfiguration, toGatewayContext } from '../../src/config/resolve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const path = join(temporaryFolder(), 'config.json');
const site1 = { gateway: 'gw1:4000', caFile: '/site1.crt', serverName: 'site1.example.com', requestTimeout: '7s' };
const profiles = { site1, other: { gateway: 'gw2:4100' }, bare: { requestTimeout: '9s' }, wrong: { gateway: 'gw 3' } };
writeFileSync(path, JSON.stringify({ profiles }), { mode: 0o600 });

const inFile = { GSDK_CONFIG: path };
const usage = (message: unknown) => expect.objectContaining({ exitCode: 2, message });
describe('a profile', () => {
  test('tells where its values come from', () => {
    const { profile, gateway } = resolveConfiguration({}, { ...inFile, GSDK_PROFILE: 'site1' });
    expect(profile?.source).toBe('GSDK_PROFILE');
    expect(gateway).toEqual({
      value: { host: 'gw1', port: 4000 },
      text: 'gw1:4000',
      source: 'gateway of profile site1',
    });
  });

  test.each([
    ['a flag', { profile: 'site1', gateway: 'gw9' }, {}],
    ['a variable', {}, { GSDK_PROFILE: 'site1', GSDK_GATEWAY: 'gw9' }],
    ['a flag beside a variable', { gateway: 'gw9' }, { GSDK_PROFILE: 'site1' }],
  ])('is set aside as a whole by another gateway in %s: its limits stay', (_what, flags, env) => {
    const configuration = resolveConfiguration(flags, { ...inFile, ...env });
    expect(configuration.gateway?.value).toEqual({ host: 'gw9', port: 4000 });
    expect(configuration.caFile).toBeUndefined();
    expect(configuration.serverName).toBeUndefined();
    expect(configuration.requestTimeout.text).toBe('7s');
    expect(toGatewayContext(configuration)).toEqual({ profile: null, gateway: 'gw9:4000' });
  });

  test.each([
    ['a flag', { profile: 'site1', gateway: 'gw1' }, {}],
    ['a variable', { profile: 'site1' }, { GSDK_GATEWAY: 'gw1:4000' }],
  ])('is not set aside by its own gateway in %s, however that is written', (_what, flags, env) => {
    const configuration = resolveConfiguration(flags, { ...inFile, ...env });
    expect(configuration.caFile?.value).toBe('/site1.crt');
    expect(toGatewayContext(configuration)).toEqual({ profile: 'site1', gateway: 'gw1:4000' });
  });

  test('as a flag beside another gateway in a variable is refused', () => {
    expect(() => resolveConfiguration({ profile: 'site1' }, { ...inFile, GSDK_GATEWAY: 'gw9' })).toThrow(
      usage('--profile site1 is gw1:4000, but GSDK_GATEWAY is gw9'),
    );
    expect(() => resolveConfiguration({ profile: 'bare' }, { ...inFile, GSDK_GATEWAY: 'gw9' })).toThrow(
      usage('--profile bare is without a gateway, but GSDK_GATEWAY is gw9'),
    );
  });

  test.each(['nope', '__proto__', 'constructor'])(
    'that is not there is refused, and lists those that are: %s',
    (name) => {
      expect(() => resolveConfiguration({ profile: name }, inFile)).toThrow(
        usage(`--profile: no profile "${name}"; ${path} has: site1, other, bare, wrong`),
      );
    },
  );

  test('is refused where there is no config file at all', () => {
    expect(() => resolveConfiguration({}, { GSDK_PROFILE: 'site1', HOME: '/nonexistent' })).toThrow(
      usage('GSDK_PROFILE: no profile "site1"; there is no config file'),
    );
  });
});
