/** The commands that speak to the control service of an embedded gateway: one part, loaded when one of them is named. */
export { gatewayRestart } from './gateway/restart.ts';
