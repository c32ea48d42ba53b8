import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** The folder below the temporary one that is this user's alone, for what must outlive a run for a little while. */
export const ownFolder = (): string => join(tmpdir(), `gsdk-${userID()}`);

/** A container may run as a user whom nobody has given a name; Node then refuses to tell the number too. */
function userID(): number | string {
  try {
    return userInfo().uid;
  } catch {
    return 'user';
  }
}
