import { setTimeout } from 'node:timers/promises';
import { formatDuration } from '../../base/duration.ts';
import type { GatewayAccess } from '../../cli/access/gateway-access.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { limitOption } from '../../cli/input/option-parsers.ts';
import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Shape } from '../../render/view.ts';

const shape: Shape = {
  isRead: true,
  isObject: true,
  fields: ['gateway', 'devices', 'attempts', 'waitedMs'],
  columns: [
    { field: 'gateway', header: 'GATEWAY' },
    { field: 'devices', header: 'DEVICES' },
    { field: 'attempts', header: 'ATTEMPTS' },
    { field: 'waitedMs', header: 'WAITED MS' },
  ],
};

/** `gsdk gateway wait` */
export const gatewayWait = defineCommand({
  summary: 'Wait until the gateway answers',
  examples: ['gsdk gateway wait', 'gsdk gateway wait --timeout 5m --json | jq .waitedMs'],
  description:
    'It connects again and again, until the gateway answers a question. What no waiting mends, such as a\n' +
    'certificate that is not trusted, ends it at once.',
  output: shape,
  exitCodes: [4, 124],
  parameters: (command) =>
    command.option(
      '--timeout <D>',
      'how long to wait (60s unless given; none for no limit)',
      limitOption('--timeout'),
      60_000,
    ),
  run: ({ session }, { timeout }) => session.each(shape, (access) => awaitGateway(access, timeout)),
});
/** The longest pause between two attempts, in milliseconds. */
const longestPauseMs = 2000;

async function awaitGateway(access: GatewayAccess, withinMs: number) {
  const startMs = Date.now();
  for (let attempts = 1, pauseMs = 100; ; attempts++, pauseMs = Math.min(pauseMs * 1.6, longestPauseMs)) {
    const ask = access.online(async (gateway) => ({
      gateway: gateway.target,
      devices: (await gateway.devices()).length,
    }));
    const answer = await ask.catch(toGsdkError);
    const waitedMs = Date.now() - startMs;
    if (!(answer instanceof GsdkError)) return { rows: [{ ...answer, attempts, waitedMs }] };
    if (!['UNREACHABLE', 'TIMEOUT'].includes(answer.failure.class)) throw answer;
    if (waitedMs + pauseMs > withinMs) throw noAnswer(answer, withinMs);
    await setTimeout(pauseMs, undefined, { signal: access.signal }).catch(() => access.signal.throwIfAborted());
  }
}

const noAnswer = (error: GsdkError, withinMs: number) =>
  new GsdkError(
    { ...error.failure, class: 'TIMEOUT', message: `no answer within ${formatDuration(withinMs)}: ${error.message}` },
    error,
  );
