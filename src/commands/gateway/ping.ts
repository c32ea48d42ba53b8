import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help.ts';
import type { Session } from '../../cli/session.ts';
import type { Shape } from '../../render/view.ts';

/** `gsdk gateway ping` */
export const gatewayPing = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk gateway ping', 'gsdk gateway ping --connect-timeout 2s --json | jq .totalMs'],
    notes: 'It sets up TLS and asks for the list of managed devices; nothing is changed.',
    output: shape,
    exitCodes: [4, 5, 124],
  });
  command.action(() => {
    const startMs = performance.now();
    return session.ask(shape, async (gateway) => {
      const connectedMs = performance.now();
      const { length } = await gateway.devices();
      const endMs = performance.now();
      const [connectMs, answerMs, totalMs] = [connectedMs - startMs, endMs - connectedMs, endMs - startMs].map(
        Math.round,
      );
      return {
        rows: [
          {
            gateway: gateway.target,
            devices: length,
            connectMs: connectMs ?? 0,
            answerMs: answerMs ?? 0,
            totalMs: totalMs ?? 0,
          },
        ],
      };
    });
  });
};

const shape: Shape = {
  isRead: true,
  isObject: true,
  fields: ['gateway', 'devices', 'connectMs', 'answerMs', 'totalMs'],
  columns: [
    { field: 'gateway', header: 'GATEWAY' },
    { field: 'devices', header: 'DEVICES' },
    { field: 'connectMs', header: 'CONNECT MS' },
    { field: 'answerMs', header: 'ANSWER MS' },
    { field: 'totalMs', header: 'TOTAL MS' },
  ],
};
