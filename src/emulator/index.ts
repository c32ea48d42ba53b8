export type { Assumptions } from './assumptions.ts';
export type { CertificateOptions } from './certificates.ts';
export type { Clock } from './clock/clock.ts';
export { type ManualClock, manualClock } from './clock/manual.ts';
export { realClock, scaledClock } from './clock/real.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export type { Device, FleetDevice } from './world/device.ts';
export { tutorialFleet } from './world/tutorial-fleet.ts';
export type { World } from './world/world.ts';
