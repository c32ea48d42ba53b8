import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Control } from '../../../src/emulator/index.ts';

/** Calls a control service as `curl` does: JSON over HTTP, with nothing of ours between. */
export const caller =
  ({ url, token }: Control) =>
  async (method: string, body: object | string, headers: Record<string, string> = {}) => {
    const sent = request(`${url}/gsdk.emulator.v1.ControlService/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    });
    sent.end(typeof body === 'string' ? body : JSON.stringify(body));
    const [response] = await once(sent, 'response');
    const answer = await text(response);
    return { status: Number(response.statusCode), body: answer === '' ? undefined : JSON.parse(answer) };
  };
