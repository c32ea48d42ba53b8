/** Where something stands in a file: line and column, counted from one. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The way to a value in a document: keys, and numbers of items counted from zero. */
export type Path = readonly (string | number)[];

/** Something wrong with a file. */
export interface Problem extends Place {
  /** How messages name the file. */
  readonly source: string;
  readonly message: string;
}

/** What is wrong with a file; there is at least one problem. */
export class FileError extends RangeError {
  override readonly name = 'FileError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    super(first ? `${placeText(first)}: ${first.message}${more}` : 'unknown problem');
    this.problems = problems;
  }
}

/** A place as compilers write it and editors find it: `fleet.yaml:12:5`. */
export const placeText = ({ source, line, column }: Omit<Problem, 'message'>): string => `${source}:${line}:${column}`;

/** A path as people write it: `groups[0].IPAddr`. */
export const pathText = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
