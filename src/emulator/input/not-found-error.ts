/** What was named is not there. */
export class NotFoundError extends RangeError {
  override readonly name = 'NotThere';
}
