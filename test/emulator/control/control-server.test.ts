import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { serveControl } from '../../../src/emulator/control/control-server.ts';
import { type EmulatorOptions, startEmulator } from '../../../src/emulator/index.ts';
import { isPortOpen } from '../../support/ports.ts';
import { caller } from '../support/caller.ts';

async function started(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ control: true, ...options });
  onTestFinished(() => emulator.close());
  const control = emulator.control ?? expect.unreachable('no control service');
  return { emulator, control, port: Number(new URL(control.url).port), call: caller(control) };
}

test('it is off unless asked for', async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  expect(emulator.control).toBeUndefined();
});

test('with the token it answers JSON with JSON', async () => {
  const { call } = await started();
  const { status, body } = await call('Perform', { step: { do: 'restartGateway' } });
  expect({ status, body }).toMatchObject({ status: 200, body: { gateway: { up: true } } });
});

test.each<[string, Record<string, string>, number, string]>([
  ['without the token', { authorization: '' }, 401, 'unauthenticated'],
  ['of a web page', { origin: 'https://example.com' }, 403, 'permission_denied'],
  ['to another host', { host: 'example.com' }, 403, 'permission_denied'],
])('a request %s is refused, and does nothing', async (_, headers, status, code) => {
  const { emulator, call } = await started();
  const before = emulator.journal.seq;
  expect(await call('Perform', { step: { do: 'restartGateway' } }, headers)).toMatchObject({ status, body: { code } });
  expect(emulator.journal.seq).toBe(before);
});

test('a refused request is answered before its body is sent', async () => {
  const { port } = await started();
  const headers = { 'content-length': 1_000_000_000, 'content-type': 'application/json' };
  const sent = request({ port, path: '/gsdk.emulator.v1.ControlService/Perform', method: 'POST', headers });
  sent.on('error', () => {});
  sent.flushHeaders();
  const [response] = await once(sent, 'response');
  expect(response.statusCode).toBe(401);
  expect(response.headers.connection).toBe('close');
  sent.destroy();
});

test('a request above 1 MiB is refused', async () => {
  const { call } = await started();
  const step = { do: 'dropStreams', text: 'x'.repeat(1_100_000) };
  expect(await call('Perform', { step })).toMatchObject({ status: 429, body: { code: 'resource_exhausted' } });
});

test.each([
  ['{"step": {"do": "explode"}}', /expected "do" as one of unplug, /],
  ['{"step": {"do": "unplug", "deviceIDs": []}}', /expected a list of device IDs, or a selector/],
  ['{"step": {"do": "plug", "deviceIDs": [846], "at": "5s"}}', /unknown key "at": it happens at once/],
  ['{}', /step: expected a JSON object/],
  ['{"stop": 1}', /stop/],
  ['{', /./],
])('what cannot be is refused: %s', async (body, message) => {
  const { emulator, call } = await started();
  const before = emulator.journal.seq;
  const answer = await call('Perform', body);
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'invalid_argument', message: expect.stringMatching(message) },
  });
  expect(emulator.journal.seq).toBe(before);
});

test('a device that is not there is not found', async () => {
  const { emulator, call } = await started();
  const before = emulator.journal.seq;
  const answer = await call('Perform', { step: { do: 'unplug', deviceIDs: [846, 7] } });
  expect(answer).toMatchObject({
    status: 404,
    body: { code: 'not_found', message: expect.stringMatching(/no device 7 in/) },
  });
  expect(emulator.journal.seq).toBe(before);
});

test('a path that is none is not found', async () => {
  const { call } = await started();
  expect((await call('Explode', {})).status).toBe(404);
});

test('closing frees the port at once, whoever is connected', async () => {
  const { emulator, port } = await started();
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  const ended = once(silent, 'close');
  await emulator.close();
  await ended;
  expect(await isPortOpen(port)).toBe(false);
  await emulator.close();
});

test('each has a port and a token of its own', async () => {
  const controls = await Promise.all([1, 2, 3].map(async () => (await started()).control));
  expect(new Set(controls.map(({ url }) => url)).size).toBe(3);
  expect(new Set(controls.map(({ token }) => token)).size).toBe(3);
});

test('a bug is told to its owner, and to the client no more than that', async () => {
  const bugs: unknown[] = [];
  const broken = new Error('the secret of the house');
  const perform = () => {
    throw broken;
  };
  const server = await serveControl({ perform }, (bug) => bugs.push(bug));
  onTestFinished(server.close);
  const answer = await caller(server)('Perform', {});
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toContain('secret');
  expect(bugs).toEqual([broken]);
});
