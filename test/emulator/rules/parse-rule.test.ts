import { expect, test } from 'vitest';
import { World } from '../../../src/emulator/index.ts';
import { parseRule } from '../../../src/emulator/rules/parse-rule.ts';

const world = new World([
  { deviceID: 846, type: 18, IPAddr: '192.168.0.117', labels: { zone: '7' } },
  { deviceID: 7, type: 18, IPAddr: '192.168.0.118' },
]);
const parse = (rule: unknown) => parseRule(rule, { world, seed: 1 });

test('a rule is read as a whole', () => {
  const json = {
    ...{ id: 'a', rpc: 'EnableSSLMulti', deviceIDs: 'zone=7', effect: 'deviceError', code: 'ABORTED', text: 'stuck' },
    ...{ window: { from: '5s', to: '2m' }, every: 3, times: 2, rate: 0.5 },
    on: { kind: 'status', status: 'TLS_CONNECTED' },
  };
  expect(parse(json)).toEqual({
    ...{ id: 'a', rpc: 'EnableSSLMulti', deviceIDs: new Set([846]), actsByItself: false, json },
    effect: { kind: 'deviceError', code: 'ABORTED', text: 'stuck' },
    trigger: { fromMs: 5_000, untilMs: 120_000, isAwaited: true, every: 3, nth: undefined, times: 2, rate: 0.5 },
    on: { kind: 'status', deviceIDs: undefined, status: 2, what: undefined },
  });
});

test('least of all an effect is enough', () => {
  expect(parse({ effect: 'refuse' })).toMatchObject({
    ...{ id: undefined, rpc: undefined, deviceIDs: undefined, effect: { kind: 'refuse' }, on: undefined },
    trigger: { fromMs: 0, untilMs: Number.POSITIVE_INFINITY, isAwaited: false },
  });
});

test.each([
  [{ effect: 'linkDown', deviceIDs: '846' }, true],
  [{ effect: 'linkDown', deviceIDs: '846', rpc: '*' }, false],
  [{ effect: 'linkDown', on: { kind: 'added' } }, true],
  [{ effect: 'refuse' }, false],
])('%j acts by itself: %j', (rule, actsByItself) => {
  expect(parse(rule).actsByItself).toBe(actsByItself);
});

test.each<[unknown, string]>([
  ['refuse', 'rule: expected a JSON object'],
  [{}, 'rule: "effect": missing; expected one of linkDown, refuse, '],
  [{ effect: 'explode' }, 'rule: "effect": expected one of linkDown, refuse, '],
  [{ effect: 'refuse', colour: 1 }, 'rule: unknown key "colour" of refuse'],
  [{ effect: 'refuse', handshake: '5s' }, 'rule: unknown key "handshake" of refuse'],
  [{ effect: 'slowHandshake' }, 'rule: "handshake": missing; expected a duration such as "5s"'],
  [{ effect: 'code' }, 'rule: "code": missing; expected one of CANCELLED, '],
  [{ effect: 'code', code: 'OK' }, 'rule: "code": expected one of CANCELLED, '],
  [{ effect: 'deviceError', code: 'ABORTED', carriedOut: true }, 'rule: unknown key "carriedOut" of deviceError'],
  [{ effect: 'linkDown', deviceIDs: '846', how: 'soft' }, 'rule: "how": expected one of silent, fin, rst'],
  [{ effect: 'refuse', rpc: 'Explode' }, 'rule: "rpc": refuse takes hold in * or one of Connect, AddAsyncConnection'],
  [{ effect: 'refuse', rpc: 'EnableSSL' }, 'got "EnableSSL"'],
  [{ effect: 'notSupported', rpc: 'Connect' }, 'rule: "rpc": notSupported takes hold in * or one of GetInfo, '],
  [{ effect: 'hang', rpc: 'gsdk.connect.Connect' }, 'rule: "rpc": hang takes hold in * or one of Connect, '],
  [{ effect: 'refuse', deviceIDs: '5' }, 'rule: "deviceIDs": no device 5 in the fleet'],
  [{ effect: 'refuse', deviceIDs: [5] }, 'rule: "deviceIDs": no device 5 in the fleet'],
  [{ effect: 'refuse', id: '' }, 'rule: "id": expected a name'],
  [{ effect: 'refuse', id: 5 }, 'rule: "id": expected a text'],
  [{ effect: 'refuse', at: 5 }, 'rule: "at": expected a duration such as "5s", got 5'],
  [{ effect: 'refuse', window: '5s' }, 'rule: "window": expected a JSON object'],
  [{ effect: 'refuse', window: { from: '5s' } }, 'rule: "window": "to": missing'],
  [{ effect: 'refuse', window: { from: '5s', to: '5s' } }, 'rule: "window": expected "from" before "to"'],
  [{ effect: 'refuse', at: '1s', window: { from: '0s', to: '5s' } }, 'rule: "at" beside "window"'],
  [{ effect: 'refuse', nth: 1, every: 2 }, 'rule: "every" beside "nth"'],
  [{ effect: 'refuse', every: 0 }, 'rule: "every": expected a whole number of at least 1'],
  [{ effect: 'refuse', times: 1.5 }, 'rule: "times": expected a whole number of at least 1'],
  [{ effect: 'refuse', rate: 1.1 }, 'rule: "rate": expected a number of 0 to 1, got 1.1'],
  [{ effect: 'refuse', rate: '10%' }, 'rule: "rate": expected a number of 0 to 1, got "10%"'],
  [{ effect: 'refuse', on: 'status' }, 'rule: "on": expected a JSON object'],
  [{ effect: 'refuse', on: { kind: 'fault' } }, 'rule: "on": "kind": expected one of status, added, '],
  [{ effect: 'refuse', on: { kind: 'status', status: 'UP' } }, 'rule: "on": "status": expected one of DISCONNECTED, '],
  [{ effect: 'refuse', on: { kind: 'status', status: -1 } }, 'rule: "on": "status": expected a whole number'],
  [{ effect: 'refuse', on: { kind: 'added', status: 1 } }, 'rule: "on": "status" belongs to kind status'],
  [{ effect: 'refuse', on: { kind: 'added', what: 'plug' } }, 'rule: "on": "what" belongs to kind device or gateway'],
  [{ effect: 'refuse', on: { kind: 'gateway', deviceIDs: '846' } }, 'rule: "on": "deviceIDs": kind gateway is of no'],
  [{ effect: 'refuse', on: { kind: 'added', colour: 1 } }, 'rule: "on": unknown key "colour" of an event'],
  [{ effect: 'linkDown', deviceIDs: '846', lasts: '0s' }, 'rule: "lasts": expected a duration above zero'],
  [{ effect: 'linkDown' }, 'rule: "deviceIDs": missing; expected whose link goes down'],
  [{ effect: 'linkDown', on: { kind: 'gateway' } }, 'rule: "deviceIDs": missing; expected whose link goes down'],
  [{ effect: 'linkDown', deviceIDs: '846', nth: 2 }, 'rule: "every" and "nth" need something to count: "rpc" or "on"'],
  [{ effect: 'wrongDevice', otherDeviceID: 5 }, 'rule: "otherDeviceID": no such device in the fleet'],
])('%j is refused by its key', (rule, message) => {
  expect(() => parse(rule)).toThrow(RangeError);
  expect(() => parse(rule)).toThrow(message);
});
