import { type Document, isMap, LineCounter, type Node, parseDocument } from 'yaml';
import { FileError, type Path, type Place } from './problem.ts';

/** A file that has been read, and where in it everything stands. */
export interface FleetDocument {
  readonly source: string;
  readonly value: unknown;
  /** Where a value begins, or, if it is not there, what would hold it. */
  placeOf(path: Path): Place;
  /** Where a key stands. */
  placeOfKey(path: Path): Place;
}

/**
 * Reads YAML, or JSON, which is YAML too.
 * @param source how messages name the file
 * @throws FileError for what is neither
 */
export function parseFile(text: string, source: string): FleetDocument {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  // What is only a warning there, a tag that nobody knows, would be taken for something else here.
  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    ...{ source, ...placeAt(pos[0]), message: `not YAML or JSON: ${message}` },
  }));
  if (problems.length > 0) throw new FileError(problems);
  const placeOf = (path: Path) => placeAt(nodeAt(document, path)?.range?.[0] ?? 0);
  return {
    source,
    value: plainValue(document, source),
    placeOf,
    placeOfKey(path) {
      const holder = nodeAt(document, path.slice(0, -1));
      const pairs = isMap(holder) ? holder.items : [];
      const key = pairs.map((pair) => pair.key as Node).find((node) => String(node) === path.at(-1));
      return key?.range ? placeAt(key.range[0]) : placeOf(path);
    },
  };
}

/** The node at the end of a path, or the last one that there is on the way. */
function nodeAt(document: Document.Parsed, path: Path): Node | null | undefined {
  if (path.length === 0) return document.contents;
  const node = document.getIn(path, true) as Node | undefined;
  return node?.range ? node : nodeAt(document, path.slice(0, -1));
}

function plainValue(document: Document.Parsed, source: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases of aliases that would fill the memory.
    throw new FileError([{ source, line: 1, column: 1, message: (error as Error).message }]);
  }
}
