import { defineCommand } from '../../cli/define-command.ts';
import { durationOption } from '../../cli/input/option-parsers.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { ConnectionModeName } from '../../gateway/gateway.ts';
import { rollOutShape, showRollOut, withRollOutOptions } from '../rollout/command.ts';
import { surroundings } from '../rollout/context.ts';
import { about, ordinaryWaitMs } from '../rollout/options.ts';
import { plainChange } from '../rollout/setting-change.ts';

/** `gsdk mode set` */
export const modeSet = defineCommand({
  summary: 'Set the connection mode of devices',
  examples: ['gsdk mode set device-to-server 846 --reconnect', 'gsdk mode set server-to-device @doors.txt --dry-run'],
  description:
    'server-to-device: the gateway dials the device. device-to-server: the device dials the gateway, and gets in if\n' +
    "the accept filter lets it. The setting is the device's own, and needs a connected device; its connection ends.\n" +
    'The first device goes alone; once it is seen done, the others follow, ten at a time, up to the first failure;\n' +
    'what comes after it is skipped. --reconnect, to dial in: adds them to the filter, switches them, removes their\n' +
    'async connections, and waits for their dial; back: adds async connections, switches, waits, and removes\n' +
    'them from the filter. Slaves are restored. Interrupted, run the same again: it goes on.',
  output: rollOutShape('connectionMode'),
  exitCodes: [3, 4, 5, 6, 7, 8, 9, 10, 124],
  parameters: (command) =>
    withRollOutOptions(command.argument('<mode>', 'server-to-device or device-to-server'))
      .option('--reconnect', 'give the devices the new way in, wait until they use it, and take away the old one')
      .option('--timeout <DURATION>', about.timeout, durationOption('--timeout')),
  run: ({ session }, mode, words, { reconnect, timeout, ...options }) => {
    const setting = { field: 'connectionMode', value: toMode(mode) } as const;
    if (timeout !== undefined && !reconnect)
      throw usageError('--timeout without --reconnect', 'nothing is waited for without it');
    const told = { setting, withinMs: timeout ?? ordinaryWaitMs, signal: session.signal };
    return showRollOut(session, { words, setting, options, isWhole: reconnect === true }, async (gateway) => {
      if (!reconnect) return plainChange(gateway, setting);
      const around = await surroundings(gateway, told);
      if (setting.value === 'DEVICE_TO_SERVER') return (await import('./dial-in.ts')).dialInChange(around);
      return (await import('./dial-out.ts')).dialOutChange(around);
    });
  },
});

function toMode(word: string): ConnectionModeName {
  const name = word.toUpperCase().replaceAll('-', '_');
  if (name === 'SERVER_TO_DEVICE' || name === 'DEVICE_TO_SERVER') return name;
  throw usageError(`expected server-to-device or device-to-server, got "${word}"`, 'see what is set: gsdk mode get');
}
