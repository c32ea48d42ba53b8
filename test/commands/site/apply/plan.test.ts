import { describe, expect, test } from 'vitest';
import { planDoor, planStranger } from '../../../../src/commands/site/apply/plan.ts';
import type { LiveSite } from '../../../../src/commands/site/gateway-state.ts';
import type { SiteRecord } from '../../../../src/commands/site/site-file.ts';
import { acceptFilter, down, managed } from '../../../support/fake-gateway.ts';
import { asyncEntry, dialInDoor, dialInEntry, door, liveSite } from '../../../support/site.ts';

const open = acceptFilter([], true);
const withSlaves = { slaves: { rs485SlaveDeviceIDs: [7] } };
const used = [{ deviceID: 1, rs485SlaveDeviceIDs: [7], wiegandSlaveDeviceIDs: [] }];

describe('what is to be done for a door', () => {
  test.each<[string, SiteRecord, LiveSite, string[]]>([
    ['that is as it should be', door(1), liveSite([asyncEntry(1)]), []],
    ['that is down, and as it should be otherwise', door(1), liveSite([down(1, { autoReconnect: true })]), []],
    ['that is not there', door(1), liveSite(), ['async-add']],
    ['with a synchronous connection', door(1), liveSite([managed(1)]), ['async-add']],
    ['that is down at another address', door(1), liveSite([down(1, { autoReconnect: true, port: 1 })]), ['async-add']],
    ['with slaves, not there', door(1, withSlaves), liveSite(), ['async-add', 'slave-add']],
    ['whose slaves are missing', door(1, withSlaves), liveSite([asyncEntry(1)]), ['slave-add']],
    ['whose slaves are there', door(1, withSlaves), liveSite([asyncEntry(1)], { slaves: used }), []],
    ['whose slaves go with its entry', door(1), liveSite([managed(1)], { slaves: used }), ['async-add', 'slave-add']],
    ['that dials in and is shut out', dialInDoor(1), liveSite([dialInEntry(1)]), ['filter-add']],
    ['that dials in and is accepted', dialInDoor(1), liveSite([], { filter: acceptFilter([1]) }), []],
    ['that dials in, with an open filter', dialInDoor(1), liveSite([], { filter: open }), []],
  ])('%s', (_what, record, live, actions) => {
    const plan = planDoor(record, live, { replace: false });
    expect(plan.actions).toEqual(actions);
    expect(plan.failure).toBeUndefined();
  });
});

describe('a door that is connected at another address', () => {
  const live = liveSite([asyncEntry(1, { IPAddr: '10.9.9.9' })]);

  test('is left there, as the file may be old', () => {
    const { actions, failure } = planDoor(door(1), live, { replace: false });
    expect(actions).toEqual([]);
    expect(failure).toMatchObject({ class: 'CONFLICT', message: expect.stringContaining('10.9.9.9:51211') });
  });

  test('is sent to the one of the file with replace', () => {
    expect(planDoor(door(1), live, { replace: true })).toMatchObject({ actions: ['async-add'] });
  });
});

test.each([true, false])('the mode of a device is its own: it is a conflict, whatever is replaced (%s)', (replace) => {
  const toDial = planDoor(door(1), liveSite([dialInEntry(1)]), { replace });
  expect(toDial).toMatchObject({ actions: [], failure: { class: 'CONFLICT' } });
  expect(toDial.failure?.hint).toContain('gsdk mode set server-to-device 1 --reconnect');
  const dialsIn = planDoor(dialInDoor(1), liveSite([asyncEntry(1)]), { replace });
  // Letting it in costs nothing, and is what the change of mode needs first.
  expect(dialsIn).toMatchObject({ actions: ['filter-add'], failure: { class: 'CONFLICT' } });
});

describe('what removes a device that the file does not have', () => {
  test.each<[string, LiveSite, string[]]>([
    ['an async connection', liveSite([asyncEntry(5)]), ['async-rm']],
    ['a synchronous one', liveSite([managed(5)]), ['disconnect']],
    ['one that dialled in', liveSite([dialInEntry(5)], { filter: acceptFilter([5]) }), ['filter-rm', 'disconnect']],
    ['one that is only accepted', liveSite([], { filter: acceptFilter([5]) }), ['filter-rm']],
    [
      'an async one that is listed too',
      liveSite([asyncEntry(5)], { filter: acceptFilter([5]) }),
      ['filter-rm', 'async-rm'],
    ],
  ])('%s', (_what, live, actions) => {
    const plan = planStranger(5, live);
    expect(plan.actions).toEqual(actions);
    expect(plan.failure).toBeUndefined();
  });

  test('nothing does where an open filter lets it in again', () => {
    const plan = planStranger(5, liveSite([dialInEntry(5)], { filter: open }));
    expect(plan).toMatchObject({ actions: [], failure: { class: 'CONFLICT' } });
    expect(plan.failure?.hint).toContain('gsdk filter listed-only');
  });
});
