import { defineCommand } from '../../cli/define-command.ts';
import { deviceRow, deviceShape } from '../device/shape.ts';

/** `gsdk async ls` */
export const asyncLs = defineCommand({
  summary: 'List persistent connections',
  examples: ['gsdk async ls', 'gsdk async ls -o csv > doors.csv'],
  description: 'What it prints is input of: gsdk async add -f FILE',
  output: deviceShape,
  exitCodes: [4, 5, 8, 124],
  parameters: (command) => command.option('--fail-if-empty', 'end with 8 when there is none'),
  run: ({ session }, { failIfEmpty }) =>
    session.ask(deviceShape, async (gateway) => {
      const devices = (await gateway.devices()).filter(({ autoReconnect }) => autoReconnect);
      return { rows: devices.map(deviceRow), exitCode: failIfEmpty && devices.length === 0 ? 8 : 0 };
    }),
});
