/** What was named is not there. */
export class NotThere extends RangeError {
  override readonly name = 'NotThere';
}
