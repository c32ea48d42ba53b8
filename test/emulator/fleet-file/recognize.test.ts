import { expect, test } from 'vitest';
import { isFleetFile } from '../../../src/emulator/fleet-file/recognize.ts';
import { startFile } from '../../../src/emulator/fleet-file/start-file.ts';

test.each([
  ['the file to begin with', startFile],
  ['YAML', 'devices:\n  - deviceID: 1\n'],
  ['YAML with a beginning', '---\ndevices: []\n'],
  ['YAML that is a list, to be refused as one', '- deviceID: 1\n'],
  ['YAML with quotes', '"devices": []'],
  ['nothing but comments', '# devices\n\n# none\n'],
  ['JSON', '{\n  "devices": []\n}'],
  ['JSON on one line', '{"groups": []}'],
  ['JSON that is broken', '{\n  "devices": [\n'],
  ['YAML in braces', '{ devices: [] }'],
])('%s is a fleet file', (_what, text) => {
  expect(isFleetFile(text)).toBe(true);
});

test.each([
  ['a JSON array', '[{"deviceID": 1, "IPAddr": "10.0.0.1"}]'],
  ['a broken JSON array', '[{"deviceID": 1'],
  ['one record', '{"deviceID": 1, "IPAddr": "10.0.0.1"}'],
  ['a record a line', '{"deviceID": 1}\n{"deviceID": 2}\n'],
  ['a record a line, the second one broken', '{"deviceID": 1}\n{"deviceID": \n'],
  ['CSV', 'deviceID,IPAddr\n1,10.0.0.1\n'],
  ['CSV of one column', 'deviceID\n1\n'],
  ['CSV with times in it', 'deviceID,name\n1,12:30\n'],
  ['nothing', ' \n'],
])('%s is none', (_what, text) => {
  expect(isFleetFile(text)).toBe(false);
});
