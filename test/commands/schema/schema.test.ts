import { expect, test } from 'vitest';
import { run } from '../../support/host.ts';

test.each(['device ls', 'device list'])('gsdk schema %s is the schema of an array of rows', async (words) => {
  const { exitCode, stdout, stderr } = await run(['schema', ...words.split(' ')]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...{ title: `gsdk ${words} -o json`, type: 'array' },
    items: { type: 'object', properties: { deviceID: { type: 'integer' }, connected: { type: 'boolean' } } },
  });
});

test('of a setting it is an object, of a write the whole document, of a change of the filter with before and after', async () => {
  const schemaOf = async (...words: string[]) => JSON.parse((await run(['schema', ...words, '--json'])).stdout);
  expect(await schemaOf('filter', 'show')).toMatchObject({
    type: 'object',
    required: expect.arrayContaining(['allowAll']),
  });
  const { properties, required } = await schemaOf('disconnect');
  expect(required).toEqual(['results', 'summary', 'changed', 'dryRun', 'profile', 'gateway']);
  expect(properties.results.items.properties).toMatchObject({
    outcome: { enum: ['applied', 'not-applied', 'unknown', 'skipped'] },
    status: { type: ['string', 'null'] },
  });
  expect((await schemaOf('filter', 'add')).required).toEqual([...required, 'before', 'after']);
});

test.each([
  [['nothing'], 'no command "nothing"'],
  [['device'], 'no command "device"'],
  [['device', 'ls', 'all'], 'no command "device ls all"'],
  [['device', 'toString'], 'no command "device toString"'],
  [['search', 'device'], 'no command "search device"'],
  [['rpc'], 'gsdk rpc has no document of its own'],
  [[], "missing required argument 'command'"],
])('of %j there is none: 2', async (words, message) => {
  const { exitCode, stdout, stderr } = await run(['schema', ...words]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
});
