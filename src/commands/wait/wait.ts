import { formatDuration } from '../../base/duration.ts';
import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { limitOption } from '../../cli/input/option-parsers.ts';
import { GsdkError, usageError } from '../../errors/gsdk-error.ts';
import type { Result, Shape } from '../../render/view.ts';
import { states, type WaitState } from './states.ts';
import type { AwaitedState } from './wait-for-state.ts';

const shape: Shape = {
  isRead: true,
  // In a watch it is a number.
  types: { managed: { type: 'boolean' } },
  nullable: ['status'],
  fields: ['deviceID', 'met', 'status', 'connected', 'managed'],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'met', header: 'MET' },
    { field: 'status', header: 'STATUS' },
    { field: 'managed', header: 'MANAGED' },
  ],
  deviceID: ({ deviceID, met }) => (met ? Number(deviceID) : undefined),
};

/** `gsdk wait` */
export const wait = defineCommand({
  summary: 'Wait until devices reach a state',
  examples: [
    'gsdk wait 544114231 --for connected --timeout 90s',
    'gsdk device ls -o ids | gsdk wait - --for connected --any --now',
  ],
  description:
    'connected, tls and disconnected follow the stream of changes; a device that is not managed is\n' +
    'disconnected. When time is up it ends with 124 and prints what each device was last seen as.',
  output: shape,
  exitCodes: [4, 5, 8, 10, 124],
  parameters: (command) =>
    command
      .argument('<id...>', 'device IDs, @file, or - for standard input')
      .requiredOption('--for <STATE>', Object.keys(states).join(', '), stateOption)
      .option('--any', 'one of the devices is enough')
      .option(
        '--timeout <D>',
        'how long to wait (60s unless given; none for no limit)',
        limitOption('--timeout'),
        60_000,
      )
      .option('--now', 'look once instead of waiting: 0 or 8'),
  run: async ({ session }, words, { for: state, any, timeout, now }) => {
    const ids = (await readDeviceIDs(words, session)).sort((one, other) => one - other);
    if (ids.length === 0) return session.show(shape, () => ({ rows: [] }));
    const { awaitState, lookAtState } = await import('./wait-for-state.ts');
    const wanted = { ids, state, isAnyEnough: any === true };
    return session.each(shape, async (access) =>
      now
        ? access.online(async (gateway) => answer(await lookAtState(gateway, wanted)))
        : verdict(await awaitState(access, { ...wanted, withinMs: timeout }), wanted, timeout),
    );
  },
});

function stateOption(text: string): WaitState {
  const state = text.toLowerCase();
  if (Object.hasOwn(states, state)) return state as WaitState;
  throw usageError(`--for: no such state "${text}"`, `it may be: ${Object.keys(states).join(', ')}`);
}

const answer = ({ rows, isMet }: AwaitedState): Result => ({ rows, exitCode: isMet ? 0 : 8 });

function verdict(
  { rows, isMet, failure }: AwaitedState,
  { state, isAnyEnough }: { state: WaitState; isAnyEnough: boolean },
  withinMs: number,
): Result {
  if (isMet) return { rows };
  if (failure) return { rows, failure };
  const left = rows.filter(({ met }) => !met);
  const named = left.slice(0, 10).map(({ deviceID, status }) => `${deviceID} ${status ?? 'not managed'}`);
  const more = left.length > named.length ? `, and ${left.length - named.length} more` : '';
  const whom = isAnyEnough ? 'none of the devices is' : `${left.length} of ${rows.length} devices are not`;
  return {
    rows,
    failure: new GsdkError({
      class: 'TIMEOUT',
      message: `${whom} ${states[state]} after ${formatDuration(withinMs)}: ${named.join(', ')}${more}`,
      hint: 'wait longer with --timeout, or look: gsdk device ls',
      stage: 'device',
    }),
  };
}
