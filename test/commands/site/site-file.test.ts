import { describe, expect, test } from 'vitest';
import { readSite, toSite } from '../../../src/commands/site/site-file.ts';
import { fakeSession } from '../../support/host.ts';

const read = (text: string) => toSite({ text, source: 'site' });
const front = {
  ...{ deviceID: 1, name: 'Front', connectionMode: 'SERVER_TO_DEVICE', IPAddr: '10.0.0.1', port: 51_211, useSSL: true },
  slaves: { rs485SlaveDeviceIDs: [7, 8] },
};

test.each([
  ['CSV', 'deviceID,name,IPAddr,useSSL,rs485SlaveDeviceIDs\n1,Front,10.0.0.1,true,7 8\n'],
  ['JSON', '[{"deviceID":1,"name":"Front","IPAddr":"10.0.0.1","useSSL":true,"rs485SlaveDeviceIDs":[7,8]}]'],
  ['NDJSON', '{"deviceID":1,"name":"Front","IPAddr":"10.0.0.1","useSSL":true,"rs485SlaveDeviceIDs":[7,8]}\n'],
])('a record as %s is the same door', async (_format, text) => {
  expect(await read(text)).toEqual([front]);
});

describe('of a door that dials in', () => {
  test('no address is needed, and SSL may be left open', async () => {
    const [door] = await read('deviceID,connectionMode,IPAddr,port,useSSL\n1,device-to-server,,0,\n');
    expect(door).toMatchObject({ connectionMode: 'DEVICE_TO_SERVER', IPAddr: '', port: 0, useSSL: null });
    expect((await read('{"deviceID":1,"connectionMode":"DEVICE_TO_SERVER","useSSL":null}'))[0]?.useSSL).toBeNull();
  });

  test('SSL that is said counts', async () => {
    expect((await read('{"deviceID":1,"connectionMode":"DEVICE_TO_SERVER","useSSL":false}'))[0]?.useSSL).toBe(false);
  });
});

test('a list of slaves that is not there, or empty in CSV, asks for nothing; an empty one in JSON neither', async () => {
  expect((await read('deviceID,IPAddr,rs485SlaveDeviceIDs\n1,10.0.0.1,\n'))[0]?.slaves).toEqual({});
  expect((await read('{"deviceID":1,"IPAddr":"10.0.0.1","rs485SlaveDeviceIDs":[]}'))[0]?.slaves).toEqual({
    rs485SlaveDeviceIDs: [],
  });
});

test('a name that CSV guards from spreadsheets is itself again', async () => {
  expect((await read("deviceID,name,IPAddr\n1,'-1F lobby,10.0.0.1\n"))[0]?.name).toBe('-1F lobby');
  expect((await read("deviceID,name,IPAddr\n1,'s-Gravenhage,10.0.0.1\n"))[0]?.name).toBe("'s-Gravenhage");
});

test.each([
  [
    'a device twice',
    'deviceID,IPAddr\n1,10.0.0.1\n1,10.0.0.1\n',
    'site, line 3: device 1 is there already: site, line 2',
  ],
  ['no ID', 'deviceID,IPAddr\n,10.0.0.1\n', 'site, line 2: expected a deviceID of 1 to 4294967295'],
  ['no address', 'deviceID,IPAddr\n1,\n', 'site, line 2: expected an IPv4 address'],
  ['an unknown field', 'deviceID,IPAddr,door\n1,10.0.0.1,x\n', 'site, header: unknown field "door"'],
  ['a slave that is no ID', 'deviceID,IPAddr,rs485SlaveDeviceIDs\n1,10.0.0.1,x\n', 'site, line 2: expected device IDs'],
])('%s is refused with its place', async (_what, text, message) => {
  await expect(read(text)).rejects.toMatchObject({
    failure: { class: 'USAGE', message: expect.stringContaining(message) },
  });
});

test.each(['', '\n\n', '[]', 'deviceID,IPAddr\n'])('a file without a door is refused: %j', async (stdin) => {
  const { session } = fakeSession({ stdin });
  await expect(readSite('-', session)).rejects.toMatchObject({ exitCode: 2 });
});
