import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help.ts';
import type { Session } from '../../cli/session.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { ConnectionModeName } from '../../gateway/gateway.ts';
import { showRollOut, withRollOutOptions } from '../rollout/command.ts';
import { plainChange } from '../rollout/plain.ts';

/** `gsdk mode set` */
export const modeSet = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk mode set device-to-server 846', 'gsdk mode set server-to-device @doors.txt --dry-run'],
    notes:
      'server-to-device: the gateway dials the device. device-to-server: the device dials the gateway, and gets in if\n' +
      "the accept filter lets it. The setting is the device's own, and needs a connected device; its connection ends.\n" +
      'The first device goes alone; once it is seen done, the others follow, ten at a time, up to the first failure;\n' +
      'what comes after it is skipped.',
    exitCodes: [3, 4, 5, 6, 7, 8, 9, 10, 124],
  });
  withRollOutOptions(command.argument('<mode>', 'server-to-device or device-to-server')).action(
    (mode, words, options) => {
      const setting = { field: 'connectionMode', value: toMode(mode) } as const;
      return showRollOut(session, { words, setting, options }, (gateway) => plainChange(gateway, setting));
    },
  );
};

function toMode(word: string): ConnectionModeName {
  const name = word.toUpperCase().replaceAll('-', '_');
  if (name === 'SERVER_TO_DEVICE' || name === 'DEVICE_TO_SERVER') return name;
  throw usageError(`expected server-to-device or device-to-server, got "${word}"`, 'see what is set: gsdk mode get');
}
