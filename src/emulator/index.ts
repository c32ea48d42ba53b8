export type { CallLog, CallRecord } from './calls/call-log.ts';
export type { Clock } from './clock/clock.ts';
export { type ManualClock, manualClock, manualStartMs } from './clock/manual.ts';
export { realClock, type ScaledClock, scaledClock } from './clock/real.ts';
export type { Control } from './control/control.ts';
export type { DeviceActions as Fieldwork, DeviceSettings, FlapOptions } from './device-actions/device-actions.ts';
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
export type { BehaviorSwitches as Assumptions } from './fidelity/behavior-switches.ts';
export { type FidelityRow, listFidelity as fidelity } from './fidelity/fidelity.ts';
export type { FleetPlan } from './fleet-file/fleet-file.ts';
export { numberedFleet } from './fleet-file/numbered.ts';
export { readFleetFile, readGatewayConfig, toFleetFile } from './fleet-file/on-demand.ts';
export { FileError, type Problem } from './fleet-file/problem.ts';
export { isFleetFile } from './fleet-file/recognize.ts';
export { toFleetEntry, toFleetRow } from './fleet-file/records.ts';
export { fleetSchema } from './fleet-file/schema.ts';
export { startFile } from './fleet-file/start-file.ts';
export type { ManagedDevice } from './gateway-process/managed-device.ts';
export { type GatewayConfig, type GatewayVersion, gatewayVersions } from './gateway-process/settings.ts';
export { type FleetRecord, toFleet } from './input/fleet-records.ts';
export { defaultSeed } from './input/seed.ts';
export { selectDevices } from './input/selectors.ts';
export type { AwaitedEvent, EffectName, FaultRule, FaultRules, RuleReport } from './rules/fault-rule.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './runtime/emulator.ts';
export type { EventLog as Journal, EventLogEntry as JournalEntry, Happening } from './runtime/event-log.ts';
export type { GatewayView } from './runtime/gateway-view.ts';
export {
  runScenario as play,
  type ScenarioRun as Performance,
  type StepReport,
  type StepState,
} from './scenario/run-scenario.ts';
export type { Run, Runner as Stage } from './scenario/runner.ts';
export { parseScenario, type Scenario } from './scenario/scenario.ts';
export { type ScenarioFile, type ScenarioStep, shippedScenarios } from './scenario/shipped.ts';
export type { CertificateOptions, TLSVersion } from './server/certificates.ts';
export type { Device, FleetDevice, LinkLoss } from './world/device.ts';
export { tutorialFleet } from './world/tutorial-fleet.ts';
export { World } from './world/world.ts';
