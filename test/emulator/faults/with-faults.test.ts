import { create } from '@bufbuild/protobuf';
import { expect, test, vi } from 'vitest';
import { Gate } from '../../../src/emulator/faults/gate.ts';
import { withFaults } from '../../../src/emulator/faults/with-faults.ts';
import { noFaults } from '../../../src/emulator/rules/fault-hooks.ts';
import { Connect, DisconnectAllRequestSchema } from '../../../src/gen/connect_pb.ts';

test('a call that nobody waits for any more when the gate opens is not carried out', async () => {
  const disconnectAll = vi.fn(async () => ({}));
  const gates = { calls: new Gate(), streams: new Gate() };
  const handlers = withFaults(Connect, { disconnectAll }, { gates, faults: noFaults });
  const controller = new AbortController();
  gates.calls.shut();
  const call = handlers.disconnectAll?.(create(DisconnectAllRequestSchema), {
    rpc: 'DisconnectAll',
    signal: controller.signal,
  });
  controller.abort(new Error('cancelled'));
  await expect(call).rejects.toThrow('cancelled');
  gates.calls.open();
  expect(disconnectAll).not.toHaveBeenCalled();
});

test('those who wait at a gate go on in the order in which they came', async () => {
  const gate = new Gate();
  const { signal } = new AbortController();
  gate.shut();
  const order: number[] = [];
  const waiting = [1, 2, 3].map((number) => gate.pass(signal)?.then(() => order.push(number)));
  gate.open();
  await Promise.all(waiting);
  expect(order).toEqual([1, 2, 3]);
  expect(gate.pass(signal)).toBeUndefined();
});
