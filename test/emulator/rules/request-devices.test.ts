import { expect, test } from 'vitest';
import { tutorialFleet } from '../../../src/emulator/index.ts';
import { findRequestDevices } from '../../../src/emulator/rules/request-devices.ts';
import { World } from '../../../src/emulator/world/world.ts';

const world = new World(tutorialFleet);

test.each<[string, object, number[]]>([
  ['nobody', { timeout: 5 }, []],
  ['one', { deviceID: 846 }, [846]],
  ['several, each once', { deviceIDs: [7, 846, 7] }, [7, 846]],
  ['those of connections', { connectInfos: [{ deviceID: 7 }, { deviceID: 8 }] }, [7, 8]],
  ['parents', { slaveDeviceInfos: [{ deviceID: 7 }] }, [7]],
  ['those in the filter', { filter: { deviceIDs: [9] } }, [9]],
  ['the one at an address', { connectInfo: { IPAddr: '192.168.0.117', port: 0 } }, [846]],
  ['the one at an address and port', { connectInfo: { IPAddr: '192.168.0.117', port: 51211 } }, [846]],
  ['nobody at another port', { connectInfo: { IPAddr: '192.168.0.117', port: 4000 } }, []],
])('a request may name %s', (_, request, deviceIDs) => {
  expect(findRequestDevices(request, world)).toEqual(deviceIDs);
});
