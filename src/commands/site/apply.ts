import { defineCommand } from '../../cli/define-command.ts';
import { durationOption } from '../../cli/input/option-parsers.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { createResultShape, type DeviceResult, toResult } from '../../render/results.ts';
import type { Shape } from '../../render/view.ts';
import { forgetHolds, readHolds } from '../hold/holds-file.ts';
import { aboutWait, toWaitLimitMs } from '../shared/wait-option.ts';
import { openJournal } from './apply/apply-log.ts';
import { applySite } from './apply/apply-site.ts';
import { setAside } from './exclude-held.ts';
import { aboutSite, atLeastZero } from './options.ts';
import { readSite } from './site-file.ts';
/** What becomes of doors that are put in order. */
export const applyShape: Shape = {
  ...createResultShape(
    ['name', 'actions'],
    [
      { field: 'name', header: 'NAME' },
      { field: 'actions', header: 'ACTIONS' },
    ],
  ),
  types: { actions: { type: 'array', items: { type: 'string' } } },
};

/** `gsdk apply` */
export const apply = defineCommand({
  summary: 'Apply a site file to the gateway',
  examples: ['gsdk apply -f site.csv --dry-run', 'gsdk apply -f site.csv --wait', 'gsdk apply -f site.csv --prune'],
  description:
    'It accepts doors that dial in, adds async connections, waits for them with --wait, and adds slaves, which\n' +
    'needs their parents connected. What is as it should be is not touched; settings of the devices themselves\n' +
    'never are. Interrupted anywhere, and run again, it goes on. actions tells what was, or would be, done.\n' +
    'With --prune, devices that the file does not have are removed at last, unless anything failed before.\n' +
    'An open accept filter stays open.',
  output: applyShape,
  exitCodes: [4, 5, 6, 7, 9, 124],
  parameters: (command) =>
    command
      .requiredOption('-f, --file <FILE>', aboutSite.file)
      .option('--wait', aboutWait.wait)
      .option('--timeout <DURATION>', aboutWait.timeout, durationOption('--timeout'))
      .option('--replace', 'give a door that is connected the address and SSL flag of the file')
      .option('--prune', 'remove what the file does not have')
      .option(
        '--max-prune <N>',
        'how many devices --prune may remove; half of those that the gateway knows unless given',
        atLeastZero('--max-prune'),
      )
      .option('--holds <FILE>', aboutSite.holds)
      .option('--journal <FILE>', 'add a line to FILE before and after each thing that is done')
      .option('--resume', 'go on with the run in the journal that did not come to its end')
      .option('--dry-run', 'only look at what would be done'),
  run: async ({ session }, { file, replace, prune, maxPrune, holds, journal, resume, dryRun, ...wait }) => {
    const withinMs = toWaitLimitMs(wait);
    if (maxPrune !== undefined && !prune) throw usageError('--max-prune without --prune', 'give both');
    if (resume && journal === undefined) throw usageError('--resume without --journal', 'name the journal');
    const whole = await readSite(file, session);
    const { site, held, due } = setAside(whole, await readHolds(holds, session), Date.now());
    const context = { ...session.context, dryRun: dryRun === true };
    return session.ask(applyShape, async (gateway) => {
      const run = { gateway: gateway.target, site: whole };
      const { results, unseen } = await applySite(gateway, site, {
        ...{ replace: replace === true, prune: prune === true, maxPrune, withinMs, signal: session.signal },
        spared: held,
        ...(journal !== undefined && { openJournal: () => openJournal(journal, run, resume === true) }),
        ...context,
      });
      const isDueOne = ({ deviceID }: DeviceResult) => due.some(({ record }) => record.deviceID === deviceID);
      if (holds !== undefined && !dryRun && due.length > 0) await forgetHolds(holds, results.filter(isDueOne), session);
      return toResult(results, context, unseen);
    });
  },
});
