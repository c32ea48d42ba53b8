import { GsdkError, usageError } from '../../../errors/gsdk-error.ts';
import { type Life, lifeOf } from '../instance/life.ts';
import { aboutClock } from './clock-option.ts';
import { aboutFleet } from './fleet-option.ts';
import { aboutGatewayConfig } from './gateway-config.ts';
import { aboutScenario } from './scenario-option.ts';

/** What the options of `run` and `start` are for, in their help. */
export const about = {
  port: 'the port to listen on; any free one unless given',
  clock: aboutClock,
  fleet: `${aboutFleet}; the tutorial's unless given`,
  devices: 'so many devices that are alike, with IDs and addresses counted up, instead of a fleet',
  gatewayConfig: aboutGatewayConfig,
  scenario: aboutScenario,
  ttl: 'how long it runs at most',
  exitWithPid: 'end with the process of this number',
};

/** Reads the value of `--exit-with-pid`. */
export function pidOption(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw usageError(
    `--exit-with-pid: expected the number of a process, got "${text}"`,
    'of the shell itself: --exit-with-pid $$',
  );
}

/** The process that a gateway is to end with. @throws GsdkError (CONFLICT) when there is none */
export async function findProcess(pid: number): Promise<Life> {
  const life = await lifeOf(pid);
  if (life) return life;
  throw new GsdkError({
    class: 'CONFLICT',
    message: `--exit-with-pid: no process ${pid} runs`,
    hint: 'of the shell itself: --exit-with-pid $$',
    stage: 'cli',
  });
}
