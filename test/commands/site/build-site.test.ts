import { describe, expect, test } from 'vitest';
import { exported, refuseShrinking } from '../../../src/commands/site/build-site.ts';
import { acceptFilter, managed } from '../../support/fake-gateway.ts';
import { asyncEntry, dialInDoor, dialInEntry, door, liveSite } from '../../support/site.ts';

const slaves = (rs485SlaveDeviceIDs: number[] = []) => ({ rs485SlaveDeviceIDs, wiegandSlaveDeviceIDs: [] });

test('what the gateway keeps is written, by ID: async connections, dial-ins, and who is only accepted', () => {
  const live = liveSite([dialInEntry(3, { useSSL: true }), asyncEntry(1)], {
    filter: acceptFilter([3, 2]),
    slaves: [{ deviceID: 1, ...slaves([7]) }],
  });
  expect(exported(live, [])).toEqual({
    left: [],
    site: [
      door(1, { name: '', slaves: slaves([7]) }),
      dialInDoor(2, { name: '', IPAddr: '', useSSL: null }),
      dialInDoor(3, { name: '', useSSL: true, slaves: slaves() }),
    ],
  });
});

test('a synchronous connection is left out, and named: nobody would make it again', () => {
  expect(exported(liveSite([managed(1), asyncEntry(2)]), [])).toMatchObject({ left: [1], site: [{ deviceID: 2 }] });
});

test('names are kept, and what is known of doors that are away', () => {
  const live = liveSite([asyncEntry(1)], { filter: acceptFilter([2]) });
  const away = dialInDoor(2, { name: 'Lab', useSSL: true });
  expect(exported(live, [door(1, { name: 'Front' }), away]).site).toEqual([
    door(1, { name: 'Front', slaves: slaves() }),
    away,
  ]);
});

describe('a file is not replaced', () => {
  test('by one that lacks a door of it, even if another came', () => {
    expect(() => refuseShrinking([door(1), door(2)], [door(2), door(3)], 'site.csv')).toThrow(
      'site.csv would lose 1 of 2 doors (1); it is left as it is',
    );
  });

  test('by one that lacks slaves of it', () => {
    const old = [door(1, { slaves: slaves([7, 8]) })];
    expect(() => refuseShrinking(old, [door(1, { slaves: slaves([8]) })], 'site.csv')).toThrow(
      'site.csv would lose slaves of 1; it is left as it is',
    );
  });

  test('but by one that has all of it, and more', () => {
    refuseShrinking([door(1)], [door(1, { slaves: slaves([7]) }), door(2)], 'site.csv');
    refuseShrinking([], [], 'site.csv');
  });
});
