import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type FleetDevice, parseScenario, play, shippedScenarios } from '../../../src/emulator/index.ts';
import { actions } from '../../../src/emulator/scenario/actions.ts';
import { visit, visitor } from '../support/visit.ts';

const names = Object.keys(shippedScenarios);

test('there are ten, each told in a line', () => {
  expect(names).toEqual([
    ...['unplug-replug', 'flap', 'gateway-bounce', 'gateway-amnesia', 'switch-failure', 'recovery-storm'],
    ...['wrong-wiring', 'cert-expiry', 'half-fleet-ssl', 'stream-loss'],
  ]);
  for (const { about } of Object.values(shippedScenarios)) expect(about).toMatch(/^[a-z][^\n]{20,110}[^.]$/);
});

const page = readFileSync('docs/emulator.md', 'utf8');

test.each(Object.entries(shippedScenarios))('the page has %s', (name, { about }) => {
  expect(page).toContain(`| \`${name}\` | ${about} |\n`);
});

test.each(Object.keys(actions))('the page has what "do": "%s" does', (name) => {
  expect(page).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|$`, 'm'));
});

const one: FleetDevice[] = [{ deviceID: 1, type: 18, IPAddr: '10.0.0.1' }];
const dialIns = [1, 2, 3].map((deviceID) => ({ deviceID, type: 18, IPAddr: `10.0.0.${deviceID}`, connectionMode: 1 }));

test.each(
  names.flatMap((name) => [
    [name, 'the tutorial', undefined] as const,
    [name, 'one device', one] as const,
    [name, 'devices that dial in', dialIns] as const,
  ]),
)('%s fits %s, whatever the seed, and everything in it happens', async (name, _, fleet) => {
  for (const seed of [1, 2]) {
    const { emulator, client, clock } = await visit({ seed, ...(fleet && { fleet }) });
    await client.setFilter({ allowAll: true });
    const performance = play(emulator, parseScenario(shippedScenarios[name], emulator, name));
    clock.advance(10 * 60_000);
    for (const report of performance.report()) expect(report).toMatchObject({ state: 'done', message: undefined });
  }
});

/** Plays one to a fleet of two that are connected, each with its own way of being dialled. */
async function shown(name: string, fleet: FleetDevice[] = [...one, { deviceID: 2, type: 18, IPAddr: '10.0.0.2' }]) {
  const visited = await visit({ fleet });
  await visited.client.addAsync(...fleet);
  visited.clock.advance(5);
  play(visited.emulator, parseScenario(shippedScenarios[name], visited.emulator));
  const statuses = async () => (await visited.client.devices()).map(({ status }) => status);
  const at = async (ms: number) => {
    visited.clock.advance(ms);
    return statuses();
  };
  return { ...visited, statuses, at };
}

test('unplug-replug', async () => {
  const { at } = await shown('unplug-replug');
  expect((await at(19_999)).sort()).toEqual([1, 1]);
  expect((await at(1)).sort()).toEqual([0, 1]);
  expect((await at(49_999 + 50_000)).sort()).toEqual([1, 1]);
});

test('flap', async () => {
  const { emulator, clock } = await shown('flap');
  const { seq } = emulator.journal;
  clock.advance(10 * 60_000);
  const changes = emulator.journal.since(seq).flatMap((entry) => (entry.kind === 'status' ? [entry.status] : []));
  expect(changes.filter((status) => status === 0)).toHaveLength(10);
  expect(changes.filter((status) => status === 1)).toHaveLength(10);
});

test('gateway-bounce', async () => {
  const { emulator, clock, statuses } = await shown('gateway-bounce');
  clock.advance(10_000);
  await expect(statuses()).rejects.toMatchObject({ code: 14 });
  clock.advance(5_005);
  expect(emulator.gateway.managed().map(({ status }) => status)).toEqual([1, 1]);
});

test('gateway-amnesia', async () => {
  const { emulator, clock } = await shown('gateway-amnesia');
  clock.advance(14_999);
  expect(emulator.gateway.isUp).toBe(false);
  clock.advance(1);
  expect([emulator.gateway.isUp, emulator.gateway.managed()]).toEqual([true, []]);
});

test('switch-failure', async () => {
  const fleet = Array.from({ length: 10 }, (_, index) => ({
    deviceID: index + 1,
    type: 18,
    IPAddr: `10.0.0.${index}`,
  }));
  const { at } = await shown('switch-failure', fleet);
  expect((await at(20_000)).filter((status) => status === 0)).toHaveLength(5);
  expect((await at(150_000)).filter((status) => status === 1)).toHaveLength(10);
});

test('recovery-storm', async () => {
  const { at } = await shown('recovery-storm');
  expect(await at(10_000)).toEqual([0, 0]);
  expect(await at(31_999)).toEqual([4, 4]);
  expect(await at(1)).toEqual([1, 1]);
});

test('wrong-wiring', async () => {
  const { at } = await shown('wrong-wiring');
  expect((await at(45_000)).sort()).toEqual([1, 256]);
  expect((await at(110_000)).sort()).toEqual([1, 1]);
});

test('half-fleet-ssl', async () => {
  const { at, world } = await shown('half-fleet-ssl');
  expect((await at(40_100)).sort()).toEqual([1, 256]);
  expect([1, 2].filter((deviceID) => world.device(deviceID).useSSL)).toHaveLength(1);
});

test('stream-loss', async () => {
  const { clock, client, emulator } = await shown('stream-loss');
  const stream = await client.subscribe();
  clock.advance(9_000);
  expect(emulator.journal.entries.filter(({ kind }) => kind === 'status').slice(-2)).toMatchObject([
    { status: 0 },
    { status: 0 },
  ]);
  await stream.take(1);
  clock.advance(1_000);
  expect(await stream.ended).toMatchObject({ code: 14 });
  expect(stream.received).toHaveLength(1);
});

test('cert-expiry', async () => {
  const { emulator, clock } = await shown('cert-expiry');
  clock.advance(10_000);
  await emulator.settled();
  await expect(visitor(emulator).devices()).rejects.toMatchObject({
    details: expect.stringContaining('certificate has expired'),
  });
  clock.advance(60_000);
  await emulator.settled();
  expect(await visitor(emulator).devices()).toHaveLength(2);
});
