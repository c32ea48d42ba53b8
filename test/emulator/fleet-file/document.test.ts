import { describe, expect, test } from 'vitest';
import { parseFile } from '../../../src/emulator/fleet-file/document.ts';
import { FileError } from '../../../src/emulator/fleet-file/problem.ts';

const yaml = `# doors
devices:
  - deviceID: 846
    IPAddr: 10.0.0.1 # lobby
  - { deviceID: 847,
      IPAddr: 10.0.0.2 }
`;
const json = `{
  "devices": [
    { "deviceID": 846 },
\t{ "deviceID": 847, "IPAddr": "10.0.0.2" }
  ]
}`;

describe('YAML', () => {
  const document = parseFile(yaml, 'fleet.yaml');

  test('is read as data', () => {
    expect(document.value).toEqual({
      devices: [
        { deviceID: 846, IPAddr: '10.0.0.1' },
        { deviceID: 847, IPAddr: '10.0.0.2' },
      ],
    });
  });

  test.each([
    [['devices', 0, 'deviceID'], { line: 3, column: 15 }],
    [['devices', 1, 'IPAddr'], { line: 6, column: 15 }],
    [['devices', 1], { line: 5, column: 5 }],
    [[], { line: 2, column: 1 }],
  ])('%j stands where it stands', (path, place) => {
    expect(document.placeOf(path)).toEqual(place);
  });

  test('what is not there stands where it would be', () => {
    expect(document.placeOf(['devices', 1, 'labels', 'zone'])).toEqual({ line: 5, column: 5 });
    expect(document.placeOf(['groups'])).toEqual({ line: 2, column: 1 });
  });

  test('a key has a place of its own', () => {
    expect(document.placeOfKey(['devices', 1, 'IPAddr'])).toEqual({ line: 6, column: 7 });
    expect(document.placeOfKey(['devices', 1, 'port'])).toEqual({ line: 5, column: 5 });
  });

  test('words that look like yes and no are words, as in YAML 1.2', () => {
    expect(parseFile('useSSL: yes', 'x').value).toEqual({ useSSL: 'yes' });
  });
});

test('JSON is read too, tabs and all', () => {
  const document = parseFile(json, 'fleet.json');
  expect(document.value).toEqual(JSON.parse(json));
  expect(document.placeOf(['devices', 1, 'IPAddr'])).toEqual({ line: 4, column: 31 });
});

test('an empty file is nothing, at its beginning', () => {
  const document = parseFile('', 'fleet.yaml');
  expect(document.value).toBeNull();
  expect(document.placeOf([])).toEqual({ line: 1, column: 1 });
});

describe('what is neither is refused by line and column:', () => {
  test.each([
    ['devices:\n - { a: 1\n', 'fleet.yaml:3:1: not YAML or JSON: '],
    ['{"devices": [\n {"deviceID": 1 "x": 2}]}', 'fleet.yaml:2:15: not YAML or JSON: '],
    ['a: 1\na: 2\n', 'fleet.yaml:2:1: not YAML or JSON: Map keys must be unique'],
    ['a: !door 1\n', 'fleet.yaml:1:4: not YAML or JSON: Unresolved tag: !door'],
    ['a: 1\n---\nb: 2\n', 'fleet.yaml:2:1: not YAML or JSON: Source contains multiple documents'],
  ])('%j', (text, message) => {
    expect(() => parseFile(text, 'fleet.yaml')).toThrow(message);
  });

  test('aliases of aliases, before they fill the memory', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const items = Array(10).fill(level === 0 ? 'x' : `*a${level - 1}`);
      return `a${level}: &a${level} [${items.join(', ')}]`;
    });
    expect(() => parseFile(levels.join('\n'), 'fleet.yaml')).toThrow(FileError);
  });
});
