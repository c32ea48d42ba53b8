import type { ColorChoice } from '../../config/settings.ts';
import type { Host } from '../host.ts';

/** Whether to colour a stream: as chosen, else by terminal, `NO_COLOR` and `TERM`. */
export function isColored(choice: ColorChoice, stream: { isTTY?: boolean }, env: Host['env']): boolean {
  if (choice !== 'auto') return choice === 'always';
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
