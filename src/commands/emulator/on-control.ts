/** The commands that speak to the control service of an embedded gateway: one part, loaded when one of them is named. */
export { deviceAdd } from './device/add.ts';
export { deviceFlap } from './device/flap.ts';
export { emulatedDeviceLs } from './device/ls.ts';
export { deviceMove } from './device/move.ts';
export { devicePlug } from './device/plug.ts';
export { deviceReboot } from './device/reboot.ts';
export { deviceRefuse } from './device/refuse.ts';
export { emulatedDeviceRm } from './device/rm.ts';
export { deviceSet } from './device/set.ts';
export { deviceUnplug } from './device/unplug.ts';
export { gatewayCrash } from './gateway/crash.ts';
export { gatewayDropConnections } from './gateway/drop-connections.ts';
export { gatewayDropStreams } from './gateway/drop-streams.ts';
export { gatewayGoaway } from './gateway/goaway.ts';
export { gatewayHang } from './gateway/hang.ts';
export { gatewayRestart } from './gateway/restart.ts';
export { gatewayRotateCert } from './gateway/rotate-cert.ts';
