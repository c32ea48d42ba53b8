export type { Assumptions } from './assumptions.ts';
export type { CallLog, CallRecord } from './calls/call-log.ts';
export type { CertificateOptions, TLSVersion } from './certificates.ts';
export type { Clock } from './clock/clock.ts';
export { type ManualClock, manualClock, manualStartMs } from './clock/manual.ts';
export { realClock, type ScaledClock, scaledClock } from './clock/real.ts';
export type { Control } from './control/control.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export type {
  BurstOptions,
  Code,
  ConnectionEnd,
  CrashOptions,
  Faults,
  GoAwayOptions,
  ResetCode,
  RotationOptions,
  StreamEnd,
} from './faults/faults.ts';
export { type FidelityRow, fidelity } from './fidelity.ts';
export type { DeviceSettings, Fieldwork, FlapOptions } from './fieldwork/fieldwork.ts';
export { type FleetRecord, toFleet } from './fleet.ts';
export type { FleetPlan } from './fleet-file/fleet-file.ts';
export { numberedFleet } from './fleet-file/numbered.ts';
export { readFleetFile, readGatewayConfig, toFleetFile } from './fleet-file/on-demand.ts';
export { FileError, type Problem } from './fleet-file/problem.ts';
export { isFleetFile } from './fleet-file/recognize.ts';
export { toFleetEntry, toFleetRow } from './fleet-file/records.ts';
export { fleetSchema } from './fleet-file/schema.ts';
export { startFile } from './fleet-file/start-file.ts';
export type { ManagedDevice } from './gateway/managed-device.ts';
export { type GatewayConfig, type GatewayVersion, gatewayVersions } from './gateway/settings.ts';
export type { GatewayView } from './gateway-view.ts';
export type { Happening, Journal, JournalEntry } from './journal.ts';
export type { AwaitedEvent, EffectName, FaultRule, FaultRules, RuleReport } from './rules/fault-rule.ts';
export { type Performance, play, type StepReport, type StepState } from './scenario/play.ts';
export { parseScenario, type Scenario } from './scenario/scenario.ts';
export { type ScenarioFile, type ScenarioStep, shippedScenarios } from './scenario/shipped.ts';
export type { Run, Stage } from './scenario/stage.ts';
export { defaultSeed } from './seed.ts';
export { selectDevices } from './selectors.ts';
export type { Device, FleetDevice, LinkLoss } from './world/device.ts';
export { tutorialFleet } from './world/tutorial-fleet.ts';
export { World } from './world/world.ts';
