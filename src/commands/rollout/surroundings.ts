import type { AwaitDevices, Pace } from '../../gateway/await-devices.ts';
import type { DeviceSetting } from '../../gateway/device-setting.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { UnfinishedChanges } from '../../gateway/resume-state.ts';

/** What a change in several steps works with. */
export interface Surroundings {
  gateway: Gateway;
  setting: DeviceSetting;
  withinMs: number;
  signal: AbortSignal;
  pace: Pace;
  awaitDevices: AwaitDevices;
  unfinished: UnfinishedChanges;
}

/** The surroundings of a command, with wall time. */
export async function surroundings(
  gateway: Gateway,
  told: Pick<Surroundings, 'setting' | 'withinMs' | 'signal'>,
): Promise<Surroundings> {
  // Only here: most runs change nothing in several steps.
  const { awaitDevices, realPace } = await import('../../gateway/await-devices.ts');
  const { unfinishedChanges } = await import('../../gateway/resume-state.ts');
  return { ...told, gateway, pace: realPace, awaitDevices, unfinished: unfinishedChanges(gateway.target) };
}
