import { describe, expect, test } from 'vitest';
import { GsdkError } from '../../src/errors/gsdk-error.ts';
import type { Shape } from '../../src/render/view.ts';
import { nodeError } from '../support/faults.ts';
import { fakeSession, type HostOptions } from '../support/host.ts';

const shape: Shape = {
  isRead: true,
  fields: ['id', 'name'],
  columns: [{ field: 'id', header: 'ID' }],
  deviceID: ({ id }) => Number(id),
};
const rows = [{ id: 846, name: 'door' }];
const failure = new GsdkError({ class: 'PARTIAL', message: '1 of 2 failed', stage: 'device' });
const closed: HostOptions['onOutput'] = (_text, done) => done(nodeError('EPIPE'));
const full: HostOptions['onOutput'] = (_text, done) => done(nodeError('ENOSPC'));

describe('the options of a run', () => {
  test('--json is --output json', () => {
    const { session } = fakeSession();
    session.configure({}, { json: true });
    expect(session.configuration.output).toEqual({ value: 'json', text: 'json', source: '--output' });
  });

  test('--json beside another format is refused, beside the same it is not', () => {
    const { session } = fakeSession();
    expect(() => session.configure({ output: 'csv' }, { json: true })).toThrow('--json beside --output csv');
    session.configure({ output: 'json' }, { json: true });
    expect(session.configuration.output.value).toBe('json');
  });

  test('the context is the profile and the gateway as the user named them', () => {
    const { session } = fakeSession({ env: { GSDK_GATEWAY: 'gw1' } });
    expect(session.context).toEqual({ profile: null, gateway: 'gw1:4000' });
    expect(fakeSession().session.context).toEqual({ profile: null, gateway: null });
  });
});

describe('a result', () => {
  test('is printed before its failure is thrown', async () => {
    const { host, session } = fakeSession();
    await expect(session.show(shape, () => ({ rows, failure }))).rejects.toBe(failure);
    expect(host.written.stdout).toBe('ID\n846\n');
  });

  test('may have an exit code that is no failure', async () => {
    const { session } = fakeSession();
    await session.show(shape, () => ({ rows, exitCode: 8 }));
    expect(session.ending).toEqual({ exitCode: 8 });
  });

  test.each([
    ['table', {}, 'ID\n846\n'],
    ['csv', {}, 'id,name\n846,door\n'],
    ['csv', { header: false }, '846,door\n'],
    ['csv', { fields: 'name' }, 'name\ndoor\n'],
    ['ids', {}, '846\n'],
  ])('is printed as %s with %j', async (output, options, text) => {
    const { host, session } = fakeSession();
    session.configure({ output }, options);
    await session.show(shape, () => ({ rows }));
    expect(host.written).toEqual({ stdout: text, stderr: '' });
  });

  test.each([
    [{ output: 'ids' }, {}, { ...shape, deviceID: undefined }],
    [{}, { fields: 'nope' }, shape],
    [{}, { fields: '' }, shape],
    [{ output: 'xml' }, {}, shape],
  ])('is not asked for where %j %j cannot be', async (flags, options, { deviceID, ...others }) => {
    const { session } = fakeSession();
    session.configure(flags, options);
    const answer = () => expect.unreachable('it was asked');
    await expect(session.show({ ...others, ...(deviceID && { deviceID }) }, answer)).rejects.toMatchObject({
      exitCode: 2,
    });
  });

  test('--fields help lists the fields and asks nobody', async () => {
    const { host, session } = fakeSession();
    session.configure({}, { fields: 'help' });
    await session.show(shape, () => expect.unreachable('it was asked'));
    expect(host.written.stdout).toBe('id\nname\n');
  });

  test('is cut to the width of a terminal, and never in a pipe', async () => {
    const long = [{ id: 'x'.repeat(100) }];
    for (const [columns, length] of [
      [20, 20],
      [undefined, 100],
    ] as const) {
      const { host, session } = fakeSession(columns === undefined ? {} : { columns, env: { NO_COLOR: '1' } });
      await session.show(shape, () => ({ rows: long }));
      expect(host.written.stdout.split('\n')[1]).toHaveLength(length);
    }
  });

  test('of a read ends quietly when the reader has gone, of a write it keeps its failure', async () => {
    const read = fakeSession({ onOutput: closed }).session;
    await read.show(shape, () => ({ rows, failure }));
    expect(read.ending).toEqual({ exitCode: 0 });
    const write = fakeSession({ onOutput: closed }).session;
    await expect(write.show({ ...shape, isRead: false }, () => ({ rows, failure }))).rejects.toBe(failure);
  });
});

describe('on a full disk', () => {
  test('a read changed nothing', async () => {
    const { session } = fakeSession({ onOutput: full });
    const error = await session.show(shape, () => ({ rows })).catch((thrown: GsdkError) => thrown);
    expect(error).toMatchObject({ exitCode: 1, failure: { hint: 'is the disk full?' } });
    expect(error).not.toHaveProperty('failure.outcome');
  });

  test('a write may have been done', async () => {
    const { session } = fakeSession({ onOutput: full });
    await expect(session.show({ ...shape, isRead: false }, () => ({ rows }))).rejects.toMatchObject({
      ...{ exitCode: 1, message: 'cannot write the output (ENOSPC)' },
      failure: { outcome: 'unknown', hint: expect.stringContaining('may have been done') },
    });
  });

  test('a renderer that fails is told as it is', async () => {
    const { session } = fakeSession();
    const text = () => {
      throw new TypeError('a bug');
    };
    await expect(session.show({ ...shape, isRead: false }, () => ({ rows, text }))).rejects.toThrow(TypeError);
  });
});

describe('messages', () => {
  test.each<[string, HostOptions, object, string]>([
    ['a pipe', {}, {}, 'gsdk: warning: mind\n'],
    ['a pipe with -v', {}, { verbose: true }, 'gsdk: warning: mind\nstep\ndetail\n'],
    ['a terminal', { columns: 80 }, {}, 'gsdk: warning: mind\nstep\n'],
    ['a terminal with -q', { columns: 80 }, { quiet: true }, ''],
    ['a pipe with -v and -q', {}, { verbose: true, quiet: true }, ''],
  ])('in %s', async (_what, hostOptions, options, stderr) => {
    const { host, session } = fakeSession(hostOptions);
    session.configure({}, options);
    await session.warn('mind');
    await session.tell('step');
    await session.detail('detail');
    expect(host.written).toEqual({ stdout: '', stderr });
  });

  test('are printable, whatever they quote', async () => {
    const { host, session } = fakeSession({ columns: 80 });
    await session.warn('a\x1b[31m');
    await session.tell('b\nc');
    expect(host.written.stderr).toBe('gsdk: warning: a\\x1b[31m\nb\\x0ac\n');
  });
});
