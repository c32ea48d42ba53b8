import { Code, ConnectError } from '@connectrpc/connect';

/** Lets what the emulator refuses be the fault of the request. @throws ConnectError INVALID_ARGUMENT */
export function refused<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new ConnectError(error.message, Code.InvalidArgument);
    throw error;
  }
}
