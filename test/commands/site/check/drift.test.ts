import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../../src/commands/site/check/drift.ts';
import type { LiveSite } from '../../../../src/commands/site/gateway-state.ts';
import type { SiteRecord } from '../../../../src/commands/site/site-file.ts';
import { acceptFilter, down, managed } from '../../../support/fake-gateway.ts';
import { asyncEntry, dialInDoor, dialInEntry, door, liveSite } from '../../../support/site.ts';

/** One door that is fine, so that the gateway is not empty. */
const fine = 99;
const found = (record: SiteRecord, live: LiveSite) =>
  findingsOf([record, door(fine)], { ...live, devices: new Map([...live.devices, [fine, asyncEntry(fine)]]) }).map(
    ({ finding, want, have }) => [finding, want, have],
  );
const slaves = { deviceID: 1, rs485SlaveDeviceIDs: [7], wiegandSlaveDeviceIDs: [] };

describe('a door that the gateway is to dial', () => {
  test.each<[string, SiteRecord, LiveSite, string[][]]>([
    ['is connected', door(1), liveSite([asyncEntry(1)]), []],
    ['is not there', door(1), liveSite(), [['NOT_MANAGED', '10.0.0.1:51211', 'nothing']]],
    ['is down', door(1), liveSite([down(1, { autoReconnect: true })]), [['DOWN', 'connected', 'not connected']]],
    [
      'has a synchronous connection',
      door(1),
      liveSite([managed(1)]),
      [['NOT_ASYNC', 'an async connection', 'a synchronous one']],
    ],
    [
      'is dialled at another port, and down',
      door(1),
      liveSite([down(1, { autoReconnect: true, port: 1 })]),
      [
        ['DOWN', 'connected', 'not connected'],
        ['ADDRESS_DIFFERS', '10.0.0.1:51211', '10.0.0.1:1'],
      ],
    ],
    ['is dialled with SSL', door(1), liveSite([asyncEntry(1, { useSSL: true })]), [['SSL_DIFFERS', 'no SSL', 'SSL']]],
    [
      'dials in, and is connected; its address means nothing then',
      door(1),
      liveSite([dialInEntry(1, { IPAddr: '10.9.9.9' })]),
      [['MODE_DIFFERS', 'SERVER_TO_DEVICE', 'DEVICE_TO_SERVER']],
    ],
  ])('%s', (_what, record, live, expected) => {
    expect(found(record, live)).toEqual(expected);
  });

  test('lacks slaves: only those that the file has and the gateway does not use', () => {
    const record = door(1, { slaves: { rs485SlaveDeviceIDs: [7, 8], wiegandSlaveDeviceIDs: [9] } });
    expect(found(record, liveSite([asyncEntry(1)], { slaves: [slaves] }))).toEqual([['SLAVES_MISSING', '8 9', '7']]);
    expect(found(record, liveSite([asyncEntry(1)]))).toEqual([['SLAVES_MISSING', '7 8 9', 'none']]);
    expect(found(door(1), liveSite([asyncEntry(1)], { slaves: [slaves] }))).toEqual([]);
  });
});

describe('a door that dials in', () => {
  const accepted = acceptFilter([1]);
  test.each<[string, SiteRecord, LiveSite, string[][]]>([
    ['is connected', dialInDoor(1), liveSite([dialInEntry(1)], { filter: accepted }), []],
    [
      'has another address today',
      dialInDoor(1, { IPAddr: '10.9.9.9' }),
      liveSite([dialInEntry(1)], { filter: accepted }),
      [],
    ],
    ['is absent', dialInDoor(1), liveSite([], { filter: accepted }), [['DOWN', 'connected', 'absent']]],
    ['is shut out, and absent for that', dialInDoor(1), liveSite(), [['NOT_ACCEPTED', 'accepted', 'shut out']]],
    [
      'is shut out, and connected still',
      dialInDoor(1),
      liveSite([dialInEntry(1)]),
      [['NOT_ACCEPTED', 'accepted', 'shut out']],
    ],
    [
      'uses SSL, which the file leaves open',
      dialInDoor(1, { useSSL: null }),
      liveSite([dialInEntry(1, { useSSL: true })], { filter: accepted }),
      [],
    ],
    [
      'is dialled by the gateway instead',
      dialInDoor(1),
      liveSite([asyncEntry(1)], { filter: accepted }),
      [['MODE_DIFFERS', 'DEVICE_TO_SERVER', 'SERVER_TO_DEVICE']],
    ],
  ])('%s', (_what, record, live, expected) => {
    expect(found(record, live)).toEqual(expected);
  });

  test('is accepted by an open filter, which is a finding of its own, before all others', () => {
    const findings = findingsOf([dialInDoor(1), door(2)], liveSite([], { filter: acceptFilter([], true) }));
    expect(findings.map(({ deviceID, finding }) => [deviceID, finding])).toEqual([
      [null, 'FILTER_OPEN'],
      [1, 'DOWN'],
      [2, 'NOT_MANAGED'],
    ]);
  });
});

describe('a device that the file does not have', () => {
  test('is told with what the gateway does with it', () => {
    const live = liveSite([asyncEntry(1), asyncEntry(5), dialInEntry(6), down(7)], { filter: acceptFilter([6, 8]) });
    expect(findingsOf([door(1)], live)).toEqual([
      ...[
        [5, 'managed', 'TCP_CONNECTED'],
        [6, 'managed, accepted', 'TCP_CONNECTED'],
        [7, 'managed', 'DISCONNECTED'],
        [8, 'accepted', null],
      ].map(([deviceID, have, status]) => ({
        ...{ deviceID, name: '', finding: 'NOT_IN_FILE', want: 'nothing', have, status },
      })),
    ]);
  });
});

describe('a gateway that knows none of the doors', () => {
  test('is empty: that is said once, beside what else is there', () => {
    const findings = findingsOf([door(1), door(2), dialInDoor(3)], liveSite([asyncEntry(5)]));
    expect(findings.map(({ deviceID, finding, want }) => [deviceID, finding, want])).toEqual([
      [null, 'GATEWAY_EMPTY', '3 doors'],
      [5, 'NOT_IN_FILE', 'nothing'],
    ]);
  });

  test.each<[string, readonly SiteRecord[], LiveSite]>([
    ['manages one of them, though it is down', [door(1), door(2)], liveSite([down(1)])],
    ['accepts one of them, though it is absent', [dialInDoor(1), door(2)], liveSite([], { filter: acceptFilter([1]) })],
  ])('is not empty when it %s', (_what, site, live) => {
    expect(findingsOf(site, live).map(({ finding }) => finding)).not.toContain('GATEWAY_EMPTY');
  });
});

test.each([
  [29, 30, ['CERT_EXPIRING']],
  [30, 30, []],
  [-1, 0, ['CERT_EXPIRING']],
  [undefined, 30, []],
])('a certificate that is good for %s days, where %d are wanted: %j', (daysLeft, certDays, expected) => {
  const live = { ...liveSite([asyncEntry(1)]), daysLeft };
  expect(findingsOf([door(1)], live, { certDays }).map(({ finding }) => finding)).toEqual(expected);
});

test('findings are sorted by device, whatever the order of the file', () => {
  const findings = findingsOf([door(3), door(1), door(20), door(fine)], liveSite([asyncEntry(fine), asyncEntry(7)]));
  expect(findings.map(({ deviceID }) => deviceID)).toEqual([1, 3, 7, 20]);
});
