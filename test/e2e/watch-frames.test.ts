import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realClock } from '../../src/emulator/index.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { frameLog } from '../support/frame-log.ts';
import { gsdk } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const emulator = await emulatedGateway({ clock: realClock() });
const { address, ca, serverName, types } = await frameLog(emulator);
const caFile = join(temporaryFolder(), 'root.crt');
writeFileSync(caFile, ca);

const settings = 4;
const headers = 1;
const ping = 6;

test('in 30 idle seconds a watch sends no PING', async () => {
  const env = { GSDK_GATEWAY: address, GSDK_CA_FILE: caFile, GSDK_SERVER_NAME: serverName };
  const { exitCode, stderr } = await gsdk(['watch', '--duration', '31s'], { env, limitMs: 60_000 });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(types[0]).toBe(settings);
  // The stream and the first list: the log does see what is sent.
  expect(types.filter((type) => type === headers)).toHaveLength(2);
  expect(types).not.toContain(ping);
}, 70_000);
