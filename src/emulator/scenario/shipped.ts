import type { FaultRule } from '../rules/fault-rule.ts';

/** A step of a scenario, as it stands in JSON. */
export interface ScenarioStep {
  readonly at: string;
  readonly every?: string;
  readonly times?: number;
  /** The name of a verb; what else there is are its keys. */
  readonly do: string;
  readonly rule?: FaultRule;
  readonly [key: string]: unknown;
}

/** A scenario, as it stands in JSON. */
export interface ScenarioFile {
  /** What happens, in a line. */
  readonly about?: string;
  readonly steps: readonly ScenarioStep[];
}

/** Half of what hangs on the network at a place. */
const half = '@random:50%';

const some = '@random:1';

/** Scenarios that are known by name, and fit any fleet. */
export const shippedScenarios: Readonly<Record<string, ScenarioFile & { readonly about: string }>> = {
  'unplug-replug': {
    about: 'one device loses its cable at 10 s and has it back at 70 s',
    steps: [
      { at: '10s', do: 'unplug', deviceIDs: some },
      { at: '70s', do: 'plug', deviceIDs: some },
    ],
  },
  flap: {
    about: 'from 10 s on one device drops out for 5 s, ten times, 40 s apart',
    steps: [
      { at: '10s', every: '40s', times: 10, do: 'unplug', deviceIDs: some, how: 'fin' },
      { at: '15s', every: '40s', times: 10, do: 'plug', deviceIDs: some },
    ],
  },
  'gateway-bounce': {
    about: 'the gateway dies at 10 s, refuses for 5 s, and comes back with all that it knew',
    steps: [{ at: '10s', do: 'crash', down: '5s', how: 'rst', remembers: true }],
  },
  'gateway-amnesia': {
    about: 'the gateway dies at 10 s, refuses for 5 s, and comes back healthy and empty',
    steps: [{ at: '10s', do: 'crash', down: '5s', how: 'rst', remembers: false }],
  },
  'switch-failure': {
    about: 'half of the devices fall silent together at 10 s, and are back at 2 min',
    steps: [
      { at: '10s', do: 'unplug', deviceIDs: half, how: 'silent' },
      { at: '2m', do: 'plug', deviceIDs: half },
    ],
  },
  'recovery-storm': {
    about: 'all devices are lost at 10 s and back at 40 s, all at once, each session then takes 2 s to open',
    steps: [
      { at: '10s', do: 'unplug', deviceIDs: '@all', how: 'fin' },
      { at: '40s', do: 'fault', rule: { id: 'storm', effect: 'slowHandshake', handshake: '2s' } },
      { at: '40s', do: 'plug', deviceIDs: '@all' },
      { at: '2m', do: 'removeFault', id: 'storm' },
    ],
  },
  'wrong-wiring': {
    about: 'from 10 s on another device answers at the address of one; mended at 2 min',
    steps: [
      { at: '10s', do: 'fault', rule: { id: 'wiring', effect: 'wrongDevice', deviceIDs: some } },
      { at: '10s', do: 'unplug', deviceIDs: some, how: 'fin' },
      { at: '11s', do: 'plug', deviceIDs: some },
      { at: '2m', do: 'removeFault', id: 'wiring' },
    ],
  },
  'cert-expiry': {
    about: 'from 10 s on the certificate of the gateway is one that has expired; renewed at 70 s',
    steps: [
      { at: '10s', do: 'rotateCertificate', expired: true },
      { at: '10s', do: 'dropConnections' },
      { at: '70s', do: 'rotateCertificate' },
    ],
  },
  'half-fleet-ssl': {
    about: 'at 10 s half of the devices are told to speak TLS, by somebody else, and nothing else any more',
    steps: [{ at: '10s', do: 'set', deviceIDs: half, useSSL: true }],
  },
  'stream-loss': {
    about: 'from 10 s on all status streams break each 20 s, five times, and before each a change is lost',
    steps: [
      { at: '8s', every: '20s', times: 5, do: 'loseChanges', count: 1 },
      { at: '9s', every: '20s', times: 5, do: 'burst', changes: 2 },
      { at: '10s', every: '20s', times: 5, do: 'dropStreams', code: 'UNAVAILABLE' },
    ],
  },
};
