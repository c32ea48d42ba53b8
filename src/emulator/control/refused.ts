import { Code, ConnectError } from '@connectrpc/connect';
import { NotFoundError } from '../input/not-found-error.ts';

/** Lets what the emulator refuses be the fault of the request. @throws ConnectError NOT_FOUND or INVALID_ARGUMENT */
export function toControlError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotFoundError) throw new ConnectError(error.message, Code.NotFound);
    if (error instanceof RangeError) throw new ConnectError(error.message, Code.InvalidArgument);
    throw error;
  }
}
