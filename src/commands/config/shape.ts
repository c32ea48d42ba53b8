import type { Shape } from '../../render/view.ts';

/** What a change of the config file looks like. */
export const editShape: Shape = {
  isRead: false,
  isObject: true,
  types: { profile: { type: 'string' } },
  nullable: ['setting', 'value'],
  fields: ['path', 'profile', 'setting', 'value', 'changed'],
  columns: ['profile', 'setting', 'value', 'changed', 'path'].map((field) => ({ field, header: field.toUpperCase() })),
};
