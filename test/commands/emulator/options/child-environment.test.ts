import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { environmentOf, surroundingsOf } from '../../../../src/commands/emulator/options/child-environment.ts';
import { toEndpoint } from '../../../../src/config/endpoint.ts';
import { resolveConfiguration } from '../../../../src/config/resolve.ts';
import { emulatedGateway } from '../../../support/emulated-gateway.ts';

const emulator = await emulatedGateway();
const gateways = new Map([['emulator', emulator]]);

async function surroundings() {
  const ours = await surroundingsOf(gateways, import.meta.filename);
  onTestFinished(ours.remove);
  return ours;
}

test('the files are for their owner alone, and gone when they are removed', async () => {
  const { caFile, configFile, controlFile, programFolder, remove } = await surroundings();
  const folder = dirname(configFile);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const file of [caFile, configFile, controlFile]) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(caFile, 'utf8')).toBe(emulator.caCertificate);
  expect(JSON.parse(readFileSync(controlFile, 'utf8'))).toEqual({ emulator: emulator.control });
  expect(readlinkSync(join(programFolder, 'gsdk'))).toBe(import.meta.filename);
  remove();
  remove();
  expect(existsSync(folder)).toBe(false);
});

test('with the environment made of them gsdk finds the gateway, by variables and by the profile', async () => {
  const env = environmentOf(gateways, await surroundings(), {});
  for (const flags of [{}, { profile: 'emulator' }]) {
    expect(toEndpoint(resolveConfiguration(flags, env), env)).toMatchObject({
      host: '127.0.0.1',
      port: emulator.port,
      ca: emulator.caCertificate.trim(),
    });
  }
});

test('nothing of the own settings of the caller comes along, everything else does', async () => {
  const caller = {
    GSDK_PROFILE: 'site1',
    GSDK_OUTPUT: 'json',
    GSDK_KEY_FILE: 'me.key',
    LANG: 'ko_KR.UTF-8',
    PATH: '/opt',
  };
  const ours = await surroundings();
  const { PATH, ...env } = environmentOf(gateways, ours, caller);
  expect(env).toEqual({
    LANG: 'ko_KR.UTF-8',
    GSDK_EMULATOR: '1',
    GSDK_GATEWAY: emulator.address,
    GSDK_CA_FILE: ours.caFile,
    GSDK_CONFIG: ours.configFile,
    GSDK_EMULATOR_CONTROL: ours.controlFile,
  });
  expect(PATH).toBe(`${ours.programFolder}:/opt:${dirname(process.execPath)}`);
});

test('a caller without a PATH gets a plain one', async () => {
  const { PATH } = environmentOf(gateways, await surroundings(), { PATH: '' });
  expect(PATH.split(':')).toEqual(expect.arrayContaining(['/usr/bin', '/bin']));
});

describe('where they cannot be written', () => {
  /** An emulator that only knows whether it was closed. */
  function closable() {
    const closed = vi.fn(async () => {});
    return { closed, emulator: { ...emulator, close: closed } };
  }

  test('the gateway is closed, and the folder is named', async () => {
    vi.stubEnv('TMPDIR', join(import.meta.dirname, 'missing'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const { emulator, closed } = closable();
    await expect(surroundingsOf(new Map([['emulator', emulator]]), import.meta.filename)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^cannot write to .*missing.* \(ENOENT\)$/),
    });
    expect(closed).toHaveBeenCalledOnce();
  });

  test('nothing is left of what was written already', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gsdk test '));
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    });
    const { emulator, closed } = closable();
    await expect(surroundingsOf(new Map([['emulator', emulator]]), join(folder, 'no-program'))).rejects.toMatchObject({
      exitCode: 2,
    });
    expect(closed).toHaveBeenCalledOnce();
    expect(readdirSync(folder)).toEqual([]);
  });
});
