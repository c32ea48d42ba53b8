import { defineCommand } from '../../cli/define-command.ts';
import type { Shape } from '../../render/view.ts';
import { askControl } from './control/ask-control.ts';
import { controlExitCodes, withName } from './control/find.ts';
import { rfc3339 } from './control/perform.ts';

const shape: Shape = {
  isRead: false,
  isObject: true,
  fields: ['up', 'managed', 'time'],
  columns: [
    { field: 'up', header: 'UP' },
    { field: 'managed', header: 'MANAGED' },
    { field: 'time', header: 'TIME' },
  ],
};

/** `gsdk emulator reset` */
export const emulatorReset = defineCommand({
  summary: 'Reset the emulator to its initial state',
  examples: ['gsdk emulator reset', 'gsdk emulator reset --name ci'],
  description:
    'The fleet is that of the start with the settings of the start, the gateway knows nothing, and what\n' +
    'had begun is taken back: scenarios, faults, rules, certificates. Events and calls are emptied. Time\n' +
    'stays. Between two tests that is faster than another gateway.',
  output: shape,
  exitCodes: controlExitCodes,
  parameters: (command) => withName(command),
  run: ({ session, command }) =>
    session.show(shape, async () => {
      const { time, gateway } = await askControl({ command, session, isRead: false }, (client, limits) =>
        client.reset({}, limits),
      );
      const { up = false, managed = 0 } = gateway ?? {};
      return { rows: [{ up, managed, time: rfc3339(time) }] };
    }),
});
