import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from '../../../cli/define-command.ts';
import type { Session } from '../../../cli/session.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { faultRow, faultShape } from './shape.ts';

/** `gsdk emulator fault rm` */
export const faultRm = defineCommand({
  summary: 'Remove fault rules',
  examples: ['gsdk emulator fault rm rule-1', 'gsdk emulator fault rm storm wiring'],
  description: 'What a rule has done to links is taken back with it. Of several, all are there or none is removed.',
  output: faultShape,
  exitCodes: controlExitCodes,
  parameters: (command) => withName(command).argument('<id...>', 'rules, as fault ls names them'),
  run: ({ session, command }, ids) => remove({ ids }, command, session),
});

/** `gsdk emulator fault clear` */
export const faultClear = defineCommand({
  summary: 'Clear all fault rules',
  examples: ['gsdk emulator fault clear', 'gsdk emulator fault clear --name ci'],
  description: 'What the rules have done to links is taken back with them.',
  output: faultShape,
  exitCodes: controlExitCodes,
  parameters: (command) => withName(command),
  run: ({ session, command }) => remove({ all: true }, command, session),
});

const remove = (which: { ids: string[] } | { all: true }, command: Command, session: Session) =>
  session.show(faultShape, async () => {
    const { faults } = await askControl({ command, session, isRead: false, hint }, (client, limits) =>
      client.removeFaults(which, limits),
    );
    return { rows: faults.map(faultRow) };
  });

const hint = 'see the rules: gsdk emulator fault ls';
