import { expect, test } from 'vitest';
import { realClock } from '../../src/emulator/index.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { errorOf } from '../support/failure.ts';
import { foreignGateway, silence } from '../support/foreign-gateway.ts';
import { gsdk } from '../support/gsdk.ts';
import { linesOf, watched } from '../support/watched.ts';

const device = { deviceID: 1, type: 18, IPAddr: '10.0.0.1' };
const { env, faults } = await emulatedGateway({ fleet: [device], clock: realClock() });
await gsdk(['async', 'add', '1@10.0.0.1', '--wait'], { env });

const queueSizes: unknown[] = [];
const foreign = await foreignGateway({
  devices: [{ ...device, isConnected: true }],
  answers: {
    SubscribeStatus: (request) => {
      queueSizes.push(request.queueSize);
      return silence(request);
    },
  },
});

test.each([
  [[], 1024],
  [['--queue-size', '7'], 7],
])('%j asks the gateway to keep %i changes', async (args, queueSize) => {
  const { exitCode } = await watched(['--until-state', 'tcp-connected', ...args], foreign.env);
  expect({ exitCode, queueSize: queueSizes.pop() }).toEqual({ exitCode: 0, queueSize });
});

test('--resync-interval finds a change that the gateway has lost', async () => {
  const { exitCode, stdout } = await watched(['--resync-interval', '1s', '--count', '1'], env, () => {
    faults.loseChanges(1);
    faults.burst({ changes: 1 });
  });
  expect(exitCode).toBe(0);
  expect(linesOf(stdout).slice(2)).toMatchObject([
    { event: 'change', deviceID: 1, from: 'TCP_CONNECTED', to: 'DISCONNECTED', synthetic: true },
    { event: 'end', reason: 'count', changes: 1 },
  ]);
});

test('--max-gap ends it once the gateway has been lost for so long, and never before', async () => {
  const { exitCode, stdout, stderr } = await watched(['--max-gap', '700ms'], env, () => faults.crash());
  const [lost, end] = linesOf(stdout).slice(2);
  expect([lost, end]).toMatchObject([{ event: 'lost' }, { event: 'end', reason: 'failed' }]);
  const gapMs = Date.parse(String(end?.time)) - Date.parse(String(lost?.since));
  expect(gapMs).toBeGreaterThanOrEqual(700);
  expect(exitCode).toBe(5);
  expect(errorOf(stderr)).toMatchObject({ class: 'UNREACHABLE', hint: expect.stringContaining('--max-gap') });
});
