import type { ManagedDevice } from '../gateway-process/managed-device.ts';

/** What the gateway process knows now, as it would tell a client; nothing while none runs. */
export interface GatewayView {
  /** Whether a gateway process runs. */
  readonly isUp: boolean;
  /** Whether its filter lets everybody dial in. */
  readonly allowsAll: boolean;
  /** The devices that it manages, connected or not. */
  managed(): readonly ManagedDevice[];
  /** One of them. */
  managedDevice(deviceID: number): ManagedDevice | undefined;
  /** Whether its filter lets a device dial in. */
  accepts(deviceID: number): boolean;
}
