import { expect } from 'vitest';
import type { EmulatorOptions } from '../../../src/emulator/index.ts';
import { caller } from './caller.ts';
import { visit } from './visit.ts';

/** As `visit`, and its control service, as `curl` calls it; what it refuses fails the test. */
export async function controlled(options: EmulatorOptions = {}) {
  const visited = await visit({ control: true, ...options });
  const control = visited.emulator.control ?? expect.unreachable('no control service');
  const call = caller(control);
  const ask = async (method: string, body: object = {}) => {
    const answer = await call(method, body);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  };
  return { ...visited, control, call, ask };
}
