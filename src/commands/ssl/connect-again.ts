import pMap from 'p-map';
import { type Failure, GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { ManagedDevice } from '../../gateway/gateway.ts';
import type { Unfinished } from '../../gateway/resume-state.ts';
import type { Surroundings } from '../rollout/surroundings.ts';

/** How many devices are connected to at the same time, and how long a device that restarts is left in peace. */
const [concurrency, pauseMs] = [8, 1000];

/**
 * Connects to devices in the ordinary way, again and again while they restart, as long as the wait may last.
 *
 * @returns why those failed that are not connected
 */
export async function connectAgain(
  around: Surroundings,
  devices: readonly Unfinished[],
  before: ReadonlyMap<number, ManagedDevice>,
): Promise<[number, Failure][]> {
  const endMs = around.pace.now() + around.withinMs;
  const attempts = await pMap(devices, (device) => connectUntil(around, device, { before, endMs }), { concurrency });
  return devices.flatMap(({ deviceID }, index) => {
    const failure = attempts[index];
    return failure ? [[deviceID, failure] as [number, Failure]] : [];
  });
}

async function connectUntil(
  { gateway, setting, pace, signal }: Surroundings,
  { deviceID, IPAddr, port }: Unfinished,
  { before, endMs }: { before: ReadonlyMap<number, ManagedDevice>; endMs: number },
): Promise<Failure | undefined> {
  const target = { IPAddr, port, useSSL: setting.value === true };
  const isTooLate = () => pace.now() >= endMs || signal.aborted;
  let answer = await gateway.connect(target).catch(toGsdkError);
  while (answer instanceof GsdkError && answer.failure.class === 'DEVICE' && !isTooLate()) {
    await pace.pause(pauseMs, signal);
    answer = await gateway.connect(target).catch(toGsdkError);
  }
  if (answer instanceof GsdkError) return { ...answer.failure, outcome: 'unknown' };
  if (answer === deviceID) return undefined;
  if (!before.has(answer)) await gateway.disconnect([answer]).catch(() => {});
  return anotherDevice({ deviceID, answer, address: `${IPAddr}:${port}` });
}

const anotherDevice = ({
  deviceID,
  answer,
  address,
}: {
  deviceID: number;
  answer: number;
  address: string;
}): Failure => ({
  class: 'CONFLICT',
  message: `${deviceID} was switched, but at ${address} answers device ${answer}`,
  hint: 'see which device has which address: gsdk search',
  stage: 'device',
  target: String(deviceID),
  outcome: 'unknown',
});
