import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recipes } from '../../src/cli/help/recipes.ts';
import { scaledClock } from '../../src/emulator/index.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { shell } from '../support/gsdk.ts';
import { pathWithJq } from '../support/jq.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Not faster: what dials in again at once cannot be seen disconnected.
const gateway = await emulatedGateway({ clock: scaledClock(20) });
const folder = temporaryFolder();
const env = { ...gateway.env, PATH: pathWithJq(temporaryFolder()) };
writeFileSync(
  join(folder, 'site.csv'),
  'name,deviceID,IPAddr,useSSL\nlobby,846,192.168.0.117,\n정문,547634389,192.168.0.100,true\n',
);
writeFileSync(join(folder, 'allowed.txt'), '# contractors\n939342898\n');

test.each(recipes)('$recipe', async ({ command }) => {
  const { exitCode, stderr } = await shell(`set -e\n${command}`, { env, cwd: folder });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
