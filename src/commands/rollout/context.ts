import type { Gateway } from '../../gateway/gateway.ts';
import type { DeviceSetting } from '../../gateway/operations/device-setting.ts';
import type { PollDevices, PollTimer } from '../../gateway/operations/poll-devices.ts';
import type { UnfinishedChanges } from '../../gateway/operations/resume-state.ts';

/** What a change in several steps works with. */
export interface Surroundings {
  gateway: Gateway;
  setting: DeviceSetting;
  withinMs: number;
  signal: AbortSignal;
  pace: PollTimer;
  awaitDevices: PollDevices;
  unfinished: UnfinishedChanges;
}

/** The surroundings of a command, with wall time. */
export async function surroundings(
  gateway: Gateway,
  told: Pick<Surroundings, 'setting' | 'withinMs' | 'signal'>,
): Promise<Surroundings> {
  // Only here: most runs change nothing in several steps.
  const { pollDevices: awaitDevices, realPollTimer: realPace } = await import(
    '../../gateway/operations/poll-devices.ts'
  );
  const { unfinishedChanges } = await import('../../gateway/operations/resume-state.ts');
  return { ...told, gateway, pace: realPace, awaitDevices, unfinished: unfinishedChanges(gateway.target) };
}
