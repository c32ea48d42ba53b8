import { defineCommand } from '../../cli/define-command.ts';
import type { Shape } from '../../render/view.ts';

const shape: Shape = {
  isRead: true,
  types: { value: { type: ['string', 'number', 'boolean', 'null'] } },
  nullable: ['switch'],
  fields: ['statement', 'mark', 'switch', 'value', 'about'],
  columns: [
    { field: 'statement', header: 'NO' },
    { field: 'mark', header: 'MARK' },
    { field: 'switch', header: 'SWITCH' },
    { field: 'value', header: 'VALUE' },
    { field: 'about', header: 'ABOUT' },
  ],
};

/** `gsdk emulator fidelity` */
export const emulatorFidelity = defineCommand({
  summary: 'List which real gateway behavior the emulator follows',
  examples: ['gsdk emulator fidelity', 'gsdk emulator fidelity --json | jq \'.[] | select(.mark == "A")\''],
  description:
    'Each row is a statement about real gateways that the embedded one keeps to. Marks: D documented by\n' +
    'the vendor, O observed in public logs, A assumed, and then mostly a switch. The statements in full\n' +
    'are in docs/gateway-behaviour.md.',
  output: shape,
  exitCodes: [],
  run: ({ session }) =>
    session.show(shape, async () => {
      const { fidelity } = await import('../../emulator/index.ts');
      const rows = fidelity().map(({ statement, mark, switch: name = null, value = null, about }) => ({
        ...{ statement, mark, switch: name, value, about },
      }));
      return { rows };
    }),
});
