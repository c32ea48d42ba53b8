import { Option } from '@commander-js/extra-typings';
import { formatDuration } from '../../../base/duration.ts';
import { defineCommand } from '../../../cli/define-command.ts';
import { durationOption } from '../../../cli/input/option-parsers.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { aboutDevices, actOn, deviceShape } from './act.ts';

/** `gsdk emulator device set` */
export const deviceSet = defineCommand({
  summary: 'Set the settings stored on emulated devices',
  examples: [
    'gsdk emulator device set 846 --ssl on',
    'gsdk emulator device set zone=7 --mode device-to-server',
    'gsdk emulator device set 846 --handshake 8s',
  ],
  description:
    'As at the menu of the device itself: the gateway is not asked, and its entry stays as it is. SSL,\n' +
    'mode and server end a session. A device that is to dial in does so at once, to the embedded gateway\n' +
    'unless --server says otherwise.',
  output: deviceShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command)
      .argument('<device...>', aboutDevices)
      .addOption(new Option('--ssl <ON>', 'whether it speaks TLS, and nothing else').choices(['on', 'off'] as const))
      .addOption(
        new Option('--mode <MODE>', 'who dials whom').choices(['server-to-device', 'device-to-server'] as const),
      )
      .option('--server <IP>', 'whom it dials in device-to-server mode')
      .option('--handshake <DURATION>', 'how long it takes to open a session, emulated', durationOption('--handshake')),
  run: ({ session, command }, words, { ssl, mode, server, handshake }) => {
    const settings = {
      useSSL: ssl && ssl === 'on',
      connectionMode: mode?.toUpperCase().replaceAll('-', '_'),
      serverAddr: server,
      handshake: handshake && formatDuration(handshake),
    };
    if (Object.values(settings).every((value) => value === undefined)) {
      throw usageError('no setting given', 'give --ssl, --mode, --server or --handshake');
    }
    return actOn(command, session, { do: 'set', words, ...settings });
  },
});
