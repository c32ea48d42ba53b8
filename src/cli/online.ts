/** What only a command that asks a gateway needs: one part to load, for every part takes time of its own. */
export { toEndpoint } from '../config/endpoint.ts';
export { parseEnumNames } from '../gateway/enum-names.ts';
export { guardedGateway } from '../gateway/guarded-gateway.ts';
export { openGateway } from '../gateway/open.ts';
