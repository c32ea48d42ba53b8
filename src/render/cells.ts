import type { Json } from './view.ts';

/** A value as the text of one cell: lists of plain values parted by spaces, everything nested as JSON, null as nothing. */
export function cellText(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
