import { defineCommand } from '../../cli/define-command.ts';
import { countOption, durationOption, limitOption } from '../../cli/input/option-parsers.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { severalWatchShape, watchShape } from './rows.ts';

/** `gsdk watch` */
export const watch = defineCommand({
  summary: 'Stream status changes of devices',
  examples: [
    'gsdk watch --duration 10s',
    'gsdk watch -o ndjson --down-for 2m --expect @doors.txt',
    `gsdk watch --exec-on down,up --down-for 2m -- logger -t doors`,
  ],
  description:
    'After the line "synced", what was printed, replayed, equals the list of the gateway; every change that\n' +
    'the gateway tells is printed once, in order for each device. Whenever something may have been missed, a\n' +
    'line says so (lost, resumed, merged), and the differences follow. The command after -- is run for each\n' +
    'change, without a shell: the event as JSON on its standard input, GSDK_EVENT, GSDK_DEVICE_ID,\n' +
    'GSDK_DEVICE_NAME (with --names), GSDK_STATUS_FROM, GSDK_STATUS_TO and GSDK_EMPTIED in its environment.\n' +
    'All of it: docs/watch.md',
  output: watchShape,
  exitCodes: [4, 5, 10, 125, 126, 127, 130, 143],
  parameters: (command) =>
    command
      .argument('[command...]', 'a command to run for each change, and its arguments, after --')
      .option('--device <IDS>', 'these devices only: IDs parted by commas, or @FILE with IDs or records')
      .option('--status <STATUSES>', 'print what becomes one of these only, parted by commas')
      .option('--duration <D>', 'end after this time', durationOption('--duration'))
      .option('--count <N>', 'end after so many changes', countOption('--count', 999_999_999))
      .option('--until-state <STATUSES>', 'end when every watched device has one of these')
      .option('--no-snapshot', 'do not print what there is at the start')
      .option(
        '--resync-interval <D>',
        'list the devices so often (60s unless given)',
        durationOption('--resync-interval'),
      )
      .option(
        '--heartbeat-interval <D>',
        'print a line so often, even if nothing happens',
        durationOption('--heartbeat-interval'),
      )
      .option('--heartbeat-file <FILE>', 'touch a file every 10 s, or --heartbeat-interval, while the gateway is heard')
      .option(
        '--max-gap <D>',
        'fail when the gateway has been lost for so long (none unless given)',
        limitOption('--max-gap'),
      )
      .option(
        '--queue-size <N>',
        'how many changes the gateway keeps for us (1024 unless given)',
        countOption('--queue-size', 1_000_000),
      )
      .option(
        '--down-for <D>',
        'tell which devices have been without a connection for so long',
        durationOption('--down-for'),
      )
      .option('--expect <LIST>', 'with --down-for: devices that should be there, as --device takes them')
      .option('--state <FILE>', 'with --down-for: keep the outages in a file, to go on after a restart')
      .option('--summary', 'say at the end what each device went through')
      .option('--exec-on <EVENTS>', 'the kinds of events for which the command is run (change unless given)')
      .option('--exec-parallel <N>', 'how many may run at once (1 unless given)', countOption('--exec-parallel', 1000))
      .option(
        '--exec-timeout <D>',
        'how long each may run (30s unless given; none for no limit)',
        limitOption('--exec-timeout'),
      ),
  run: async ({ session }, words, options) => {
    if (options.downFor === undefined && (options.expect ?? options.state) !== undefined) {
      throw usageError('--expect and --state belong to --down-for', 'say for how long: --down-for 2m');
    }
    if (words.length === 0 && (options.execOn ?? options.execParallel ?? options.execTimeout) !== undefined) {
      throw usageError('--exec-... without a command to run', 'it stands after --: gsdk watch -- cat');
    }
    // Only here: it brings the engine.
    const { watchGateways } = await import('./gateways.ts');
    const shape = session.accesses.length > 1 ? severalWatchShape : watchShape;
    return session.stream(shape, (print) => watchGateways(words, options, { session, print }));
  },
});
