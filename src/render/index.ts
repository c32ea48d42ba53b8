import { ids } from './ids.ts';
import { json, ndjson } from './json.ts';
import type { Renderer } from './renderer.ts';
import { csv, tsv } from './separated.ts';

/** An output format: what it prints, for the help, and its renderer. What stands on a library is loaded when it is asked for. */
export interface Format {
  about: string;
  load(): Renderer | Promise<Renderer>;
}

/** Every output format. A new one is a file in this folder and an entry here. */
export const renderers = {
  table: { about: 'aligned columns, for people', load: async () => (await import('./table.ts')).table },
  wide: { about: 'the same with all columns', load: async () => (await import('./table.ts')).wide },
  json: { about: 'one JSON document', load: () => json },
  ndjson: { about: 'one JSON object a line', load: () => ndjson },
  tsv: { about: 'tab-separated values', load: () => tsv },
  csv: { about: 'comma-separated values', load: () => csv },
  ids: { about: 'one device ID a line', load: () => ids },
} satisfies Record<string, Format>;

/** The name of an output format. */
export type OutputFormat = keyof typeof renderers;

/** The names of all output formats. */
export const outputFormats = Object.keys(renderers) as OutputFormat[];

/** Whether a format prints JSON; then errors are JSON too. */
export const isJsonFormat = (format: OutputFormat) => format === 'json' || format === 'ndjson';
