import { expect, test } from 'vitest';
import { DeviceView } from '../../../src/gateway/subscription/device-view.ts';
import { down, managed } from '../../support/fake-gateway.ts';

const none = new Set<number>();
const told = (deviceID: number, status: string, timestamp = 1) => ({
  ...{ deviceID, status, timestamp, connected: status.endsWith('_CONNECTED') },
});

/** A view that has merged this list. */
function viewOf(...devices: Parameters<DeviceView['merge']>[0]) {
  const view = new DeviceView();
  view.merge(devices, none);
  return view;
}

test('a list makes devices known, each with its entry', () => {
  const view = new DeviceView();
  const device = managed(1);
  expect(view.merge([device], none)).toEqual([
    { event: 'added', deviceID: 1, to: 'TCP_CONNECTED', connected: true, device, synthetic: true },
  ]);
  expect(view.devices.get(1)).toMatchObject({ status: 'TCP_CONNECTED', device });
  expect(view.managedCount).toBe(1);
});

test('the same list again tells nothing', () => {
  expect(viewOf(managed(1), down(2)).merge([managed(1), down(2)], none)).toEqual([]);
});

test('a change is told with what it was before', () => {
  expect(viewOf(managed(1)).change(told(1, 'DISCONNECTED'))).toEqual({
    ...{ event: 'change', deviceID: 1, from: 'TCP_CONNECTED', to: 'DISCONNECTED' },
    ...{ connected: false, timestamp: 1, synthetic: false },
  });
});

test('the same change twice is told once; the same status later is another change, from who knows what', () => {
  const view = viewOf(managed(1));
  expect(view.change(told(1, 'DISCONNECTED', 5))).toBeDefined();
  expect(view.change(told(1, 'DISCONNECTED', 5))).toBeUndefined();
  expect(view.change(told(1, 'DISCONNECTED', 6))).toMatchObject({ from: null, to: 'DISCONNECTED' });
});

test('a change of a device that is not in the list is told, and does not make it managed', () => {
  const view = new DeviceView();
  expect(view.change(told(7, 'TCP_CONNECTED'))).toMatchObject({ from: null, to: 'TCP_CONNECTED' });
  expect(view.managedCount).toBe(0);
  expect(view.merge([managed(7)], none)).toMatchObject([{ event: 'added', deviceID: 7 }]);
});

test('a list that differs is a change that was missed', () => {
  expect(viewOf(managed(1)).merge([down(1)], none)).toEqual([
    {
      event: 'change',
      deviceID: 1,
      from: 'TCP_CONNECTED',
      to: 'DISCONNECTED',
      connected: false,
      timestamp: null,
      synthetic: true,
    },
  ]);
});

test('a change since the list was asked for outranks the list', () => {
  const view = viewOf(managed(1));
  view.change(told(1, 'TLS_CONNECTED'));
  expect(view.merge([down(1)], new Set([1]))).toEqual([]);
  expect(view.devices.get(1)?.status).toBe('TLS_CONNECTED');
});

test('a device that is gone from the list is removed, unless it has changed since', () => {
  expect(viewOf(managed(1)).merge([], new Set([1]))).toEqual([]);
  const view = viewOf(managed(1));
  expect(view.merge([], none)).toEqual([
    { event: 'removed', deviceID: 1, from: 'TCP_CONNECTED', connected: false, synthetic: true },
  ]);
  expect(view.devices.size).toBe(0);
});

test('after a doubt the next change comes from who knows what, and the one behind it is sure again', () => {
  const view = viewOf(managed(1));
  view.doubt([1, 99]);
  expect(view.change(told(1, 'DISCONNECTED', 1))).toMatchObject({ from: null });
  expect(view.change(told(1, 'TCP_CONNECTED', 2))).toMatchObject({ from: 'DISCONNECTED' });
});
