/** Whom an answer about several devices speaks of; all of them are managed, or they would not be asked for. */
export const omitUndefined = (deviceIDs: readonly number[]) => ({
  name: deviceIDs.length === 1 ? `${deviceIDs[0]}` : `one of ${deviceIDs.length} devices`,
  isManaged: true,
});
