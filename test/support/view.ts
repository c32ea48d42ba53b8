import type { Renderer, RenderOptions } from '../../src/render/renderer.ts';
import type { Result, Row, Shape, View } from '../../src/render/view.ts';

/** A view of these rows: every field is a column, and `id` is the device ID. */
export function viewOf(rows: readonly Row[], others: Partial<Shape & Omit<Result, 'rows'>> = {}): View {
  const { document, text, exitCode, failure, ...shape } = others;
  const fields = shape.fields ?? ['id', 'name'];
  const result = { rows, ...(document && { document }), ...(text !== undefined && { text }) };
  return {
    isRead: true,
    columns: fields.map((field) => ({ field, header: field.toUpperCase() })),
    deviceID: ({ id }) => (typeof id === 'number' ? id : undefined),
    ...shape,
    fields,
    result,
  };
}

/** What a renderer prints, as one text: for a pipe and with a header, unless told otherwise. */
export function rendered(renderer: Renderer, view: View, options: Partial<RenderOptions> = {}): string {
  return [...renderer(view, { isColored: false, hasHeader: true, ...options })].join('');
}
