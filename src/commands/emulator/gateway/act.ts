import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../../../cli/session.ts';
import type { Shape } from '../../../render/view.ts';
import { perform, type Step } from '../control/perform.ts';

/** What the commands on a gateway process print: what it is like afterwards. */
export const gatewayShape: Shape = {
  isRead: false,
  isObject: true,
  fields: ['up', 'managed', 'subscribers', 'frozen', 'time', 'sinceSeq'],
  columns: [
    { field: 'up', header: 'UP' },
    { field: 'managed', header: 'MANAGED' },
    { field: 'subscribers', header: 'SUBSCRIBERS' },
    { field: 'frozen', header: 'FROZEN' },
    { field: 'time', header: 'TIME' },
    { field: 'sinceSeq', header: 'SINCE' },
  ],
};

/** Does something to the gateway process, and prints what it is like afterwards. */
export const act = (command: Command, session: Session, step: Step) =>
  session.show(gatewayShape, async () => {
    const { gateway, at, sinceSeq } = await perform(command, session, step);
    const { up = false, managed = 0, subscribers = 0, frozen = false } = gateway ?? {};
    return { rows: [{ up, managed, subscribers, frozen, time: at, sinceSeq }] };
  });
