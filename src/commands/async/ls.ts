import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import type { Session } from '../../cli/session.ts';
import { deviceRow, deviceShape } from '../device/shape.ts';

/** `gsdk async ls` */
export const asyncLs = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk async ls', 'gsdk async ls -o csv > doors.csv'],
    notes: 'What it prints is input of: gsdk async add -f FILE',
    output: deviceShape,
    exitCodes: [4, 5, 8, 124],
  });
  command.option('--fail-if-empty', 'end with 8 when there is none').action(({ failIfEmpty }) =>
    session.ask(deviceShape, async (gateway) => {
      const devices = (await gateway.devices()).filter(({ autoReconnect }) => autoReconnect);
      return { rows: devices.map(deviceRow), exitCode: failIfEmpty && devices.length === 0 ? 8 : 0 };
    }),
  );
};
