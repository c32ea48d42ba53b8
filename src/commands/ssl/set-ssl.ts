import { defineCommand } from '../../cli/define-command.ts';
import { durationOption } from '../../cli/input/option-parsers.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { rollOutShape, showRollOut, withRollOutOptions } from '../rollout/command.ts';
import { surroundings } from '../rollout/context.ts';
import { about, ordinaryWaitMs } from '../rollout/options.ts';
import { plainChange } from '../rollout/setting-change.ts';

const description =
  "The setting is the device's own, and needs a connected device. The first device goes alone; once it is seen\n" +
  'done, the others follow, ten at a time, up to the first failure; what comes after it is skipped. deviceUseSSL\n' +
  'is what the device says of itself afterwards, unknown (null) where no search reaches it.\n' +
  'From then on the device takes only connections of that kind: an async connection keeps its old flag, and\n' +
  'fails until the device is added again with the other one. --reconnect does that, and waits: an async\n' +
  'connection is added again, a device that dials in is dropped and awaited, an ordinary one connected again;\n' +
  'slaves that the gateway forgets meanwhile are restored. Interrupted, run the same again: it goes on.';

/** Creates `gsdk ssl enable` or `gsdk ssl disable`. */
const createSslCommand = (verb: 'enable' | 'disable') =>
  defineCommand({
    summary: verb === 'enable' ? 'Enable SSL on devices' : 'Disable SSL on devices',
    examples: [`gsdk ssl ${verb} 846 --reconnect`, `gsdk device ls --connected -o ids | gsdk ssl ${verb} - --dry-run`],
    description,
    output: rollOutShape('useSSL'),
    exitCodes: [3, 4, 5, 6, 7, 8, 9, 10, 124],
    parameters: (command) =>
      withRollOutOptions(command)
        .option('--reconnect', 'have the devices connected again the new way, and wait for it')
        .option('--timeout <DURATION>', about.timeout, durationOption('--timeout')),
    run: ({ session }, words, { reconnect, timeout, ...options }) => {
      if (timeout !== undefined && !reconnect)
        throw usageError('--timeout without --reconnect', 'nothing is waited for without it');
      const setting = { field: 'useSSL', value: verb === 'enable' } as const;
      const told = { setting, withinMs: timeout ?? ordinaryWaitMs, signal: session.signal };
      return showRollOut(session, { words, setting, options, isWhole: reconnect === true }, async (gateway) => {
        if (!reconnect) return plainChange(gateway, setting);
        const { reconnectChange } = await import('./reconnect.ts');
        return reconnectChange(await surroundings(gateway, told));
      });
    },
  });

/** `gsdk ssl enable` */
export const sslEnable = createSslCommand('enable');

/** `gsdk ssl disable` */
export const sslDisable = createSslCommand('disable');
