import { Code } from '@connectrpc/connect';
import { describe, expect, test } from 'vitest';
import { toExitCode } from '../../src/errors/exit-codes.ts';
import { toDeviceErrorClass, toGatewayErrorClass, toGrpcCodeName } from '../../src/errors/status-class.ts';
import { allCodes } from '../support/faults.ts';

/** What each status ends a run with: about the gateway, about a device in the managed list, about one that is not. */
const contract: [name: string, code: Code, gateway: number, managed: number, unmanaged: number][] = [
  ['CANCELLED', Code.Canceled, 1, 6, 6],
  ['UNKNOWN', Code.Unknown, 1, 6, 6],
  ['INVALID_ARGUMENT', Code.InvalidArgument, 2, 6, 6],
  ['DEADLINE_EXCEEDED', Code.DeadlineExceeded, 124, 6, 6],
  ['NOT_FOUND', Code.NotFound, 3, 6, 3],
  ['ALREADY_EXISTS', Code.AlreadyExists, 9, 9, 9],
  ['PERMISSION_DENIED', Code.PermissionDenied, 4, 6, 6],
  ['RESOURCE_EXHAUSTED', Code.ResourceExhausted, 11, 6, 6],
  ['FAILED_PRECONDITION', Code.FailedPrecondition, 9, 9, 9],
  ['ABORTED', Code.Aborted, 9, 6, 6],
  ['OUT_OF_RANGE', Code.OutOfRange, 2, 6, 6],
  ['UNIMPLEMENTED', Code.Unimplemented, 10, 10, 10],
  ['INTERNAL', Code.Internal, 1, 6, 6],
  ['UNAVAILABLE', Code.Unavailable, 5, 6, 6],
  ['DATA_LOSS', Code.DataLoss, 1, 6, 6],
  ['UNAUTHENTICATED', Code.Unauthenticated, 4, 6, 6],
];

test('every status of gRPC is in the table', () => {
  expect(contract.map(([, code]) => code).toSorted()).toEqual(allCodes.toSorted());
});

describe.each(contract)('%s', (name, code, gateway, managed, unmanaged) => {
  test('is spelled as gRPC spells it', () => {
    expect(toGrpcCodeName(code)).toBe(name);
  });

  test(`about the gateway ends with ${gateway}`, () => {
    expect(toExitCode(toGatewayErrorClass({ code, text: 'no' }))).toBe(gateway);
  });

  test(`about a device ends with ${managed} if it is managed, else with ${unmanaged}`, () => {
    expect(toExitCode(toDeviceErrorClass({ code, text: 'no' }, true))).toBe(managed);
    expect(toExitCode(toDeviceErrorClass({ code, text: 'no' }, false))).toBe(unmanaged);
  });
});

test('a device never causes a code that speaks of the gateway or of the input', () => {
  const codes = [...allCodes, 99 as Code].flatMap((code) =>
    [true, false].map((isManaged) => toExitCode(toDeviceErrorClass({ code, text: '' }, isManaged))),
  );
  for (const forbidden of [1, 2, 4, 5, 124]) expect(codes).not.toContain(forbidden);
});

test('a device that says BS_ERR_NOT_SUPPORTED cannot do it, whatever the status', () => {
  for (const code of allCodes) {
    expect(toDeviceErrorClass({ code, text: 'device: BS_ERR_NOT_SUPPORTED (-1)' }, true)).toBe('UNSUPPORTED');
  }
});

test('a status that no table knows is spelled by its number, and is a bug or a failed device', () => {
  expect(toGrpcCodeName(99 as Code)).toBe('CODE_99');
  expect(toGatewayErrorClass({ code: 99 as Code, text: '' })).toBe('INTERNAL');
  expect(toDeviceErrorClass({ code: 99 as Code, text: '' }, true)).toBe('DEVICE');
});
