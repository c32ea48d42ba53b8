/** What only a command that asks a gateway needs: one part to load, for every part takes time of its own. */
export { toEndpoint } from '../../config/endpoint.ts';
export { parseEnumNames } from '../../gateway/grpc/enum-names.ts';
export { createGuardedGateway as guardedGateway } from '../../gateway/guarded-gateway.ts';
export { openGateway } from '../../gateway/open-gateway.ts';
