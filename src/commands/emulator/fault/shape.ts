import type { Fault } from '../../../gen/emulator/control_pb.ts';
import type { Json, Row, Shape } from '../../../render/view.ts';

/** What the commands on fault rules print: the rules, and how often each has fired. */
export const faultShape: Shape = {
  isRead: false,
  fields: ['id', 'effect', 'fired', 'matched', 'rule'],
  types: { rule: { type: 'object' } },
  columns: [
    { field: 'id', header: 'ID' },
    { field: 'effect', header: 'EFFECT' },
    { field: 'fired', header: 'FIRED' },
    { field: 'matched', header: 'MATCHED' },
    { field: 'rule', header: 'RULE' },
  ],
};

/** The row of a rule. */
export const faultRow = ({ id, fired, matched, rule = {} }: Fault): Row => ({
  ...{ id, effect: String(rule.effect), fired, matched },
  rule: rule as Json,
});
