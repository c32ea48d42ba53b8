import { defineCommand } from '../../cli/define-command.ts';
import { allowAll, disallowAll, listedOnly } from '../../gateway/operations/filter-change.ts';
import { showChange } from './change.ts';
import { about, lockoutOption } from './options.ts';
import { broadShape as shape } from './shape.ts';

/** `gsdk filter allow-all` */
export const filterAllowAll = defineCommand({
  summary: 'Set the filter to accept all devices, and keep the list',
  examples: ['gsdk filter allow-all', 'gsdk filter allow-all --json | jq .before'],
  description: 'The listed IDs are kept and mean nothing until: gsdk filter listed-only',
  output: shape,
  exitCodes: [4, 5, 9, 124],
  parameters: (command) => command.option('--dry-run', about.dryRun),
  run: ({ session }, options) => showChange(session, shape, { change: allowAll, options, toResults: () => [] }),
});

/** `gsdk filter listed-only` */
export const filterListedOnly = defineCommand({
  summary: 'Set the filter to accept only the listed devices',
  examples: ['gsdk filter listed-only --keep-connected', 'gsdk filter listed-only --dry-run'],
  output: shape,
  exitCodes: [4, 5, 9, 124],
  parameters: (command) =>
    command
      .option('--keep-connected', 'list those too that are connected by their own dial')
      .option('--max-lockout <N>', about.maxLockout, lockoutOption)
      .option('--dry-run', about.dryRun),
  run: ({ session }, { keepConnected, ...options }) =>
    showChange(session, shape, {
      change: (before, devices) => {
        const dialledIn = devices.filter(
          ({ connected, connectionMode }) => connected && connectionMode === 'DEVICE_TO_SERVER',
        );
        return listedOnly(keepConnected ? dialledIn.map(({ deviceID }) => deviceID) : [])(before, devices);
      },
      options,
      toResults: () => [],
    }),
});

/** `gsdk filter disallow-all` */
export const filterDisallowAll = defineCommand({
  summary: 'Set the filter to reject all devices, and clear the list',
  examples: [
    'gsdk filter show --json > filter.json && gsdk filter disallow-all --max-lockout 10',
    'gsdk filter disallow-all --dry-run',
  ],
  description: 'Nobody who dials in is accepted, and the list is emptied. What was there is printed as before.',
  output: shape,
  exitCodes: [4, 5, 9, 124],
  parameters: (command) =>
    command.option('--max-lockout <N>', about.maxLockout, lockoutOption).option('--dry-run', about.dryRun),
  run: ({ session }, options) => showChange(session, shape, { change: disallowAll, options, toResults: () => [] }),
});
