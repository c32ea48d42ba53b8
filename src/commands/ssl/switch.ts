import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help.ts';
import type { Session } from '../../cli/session.ts';
import { showRollOut, withRollOutOptions } from '../rollout/command.ts';
import { plainChange } from '../rollout/plain.ts';

const defineSwitch =
  (verb: 'enable' | 'disable') =>
  (command: Command, session: Session): void => {
    document(command, {
      examples: [`gsdk ssl ${verb} 846`, `gsdk device ls --connected -o ids | gsdk ssl ${verb} - --dry-run`],
      notes,
      exitCodes: [3, 4, 5, 6, 7, 8, 9, 10, 124],
    });
    const setting = { field: 'useSSL', value: verb === 'enable' } as const;
    withRollOutOptions(command).action((words, options) =>
      showRollOut(session, { words, setting, options }, (gateway) => plainChange(gateway, setting)),
    );
  };

/** `gsdk ssl enable` */
export const sslEnable = defineSwitch('enable');

/** `gsdk ssl disable` */
export const sslDisable = defineSwitch('disable');

const notes =
  "The setting is the device's own, and needs a connected device. The first device goes alone; once it is seen\n" +
  'done, the others follow, ten at a time, up to the first failure; what comes after it is skipped. deviceUseSSL\n' +
  'is what the device says of itself afterwards, unknown (null) where no search reaches it.\n' +
  'From then on the device takes only connections of that kind: an async connection keeps its old flag, and\n' +
  'fails until the device is added again with the other one.';
