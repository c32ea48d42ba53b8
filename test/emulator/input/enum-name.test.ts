import { expect, test } from 'vitest';
import { namesOf } from '../../../src/emulator/input/enum-name.ts';
import { ConnectionMode, Status } from '../../../src/gen/connect_pb.ts';
import { Type } from '../../../src/gen/device_pb.ts';

test.each([
  [namesOf(Type, 'TYPE'), Type.BIOLITE_N2, 'BIOLITE_N2'],
  [namesOf(Type, 'TYPE'), 153, 'TYPE_153'],
  [namesOf(Type, 'TYPE'), 5, 'XPASS_S2'],
  [namesOf(ConnectionMode, 'CONNECTION_MODE'), 0, 'SERVER_TO_DEVICE'],
  [namesOf(Status, 'STATUS'), 768, 'STATUS_768'],
])('%# a number has the first of its names, or one made of it', (nameOf, number, name) => {
  expect(nameOf(number)).toBe(name);
});
