import { commandedDevice } from '../../gateway-process/command.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { CallContext } from '../../server/serve.ts';
import { onEach } from '../on-each.ts';

/**
 * Tells a connected device to speak TLS, or to stop it; from then on it speaks nothing else (gateway-behaviour F52, F56).
 * @param useSSL true for `EnableSSL`, false for `DisableSSL`
 */
export const setSSL =
  (gateway: EmulatedGateway, useSSL: boolean) =>
  async ({ deviceID }: { deviceID: number }, context: CallContext) => {
    await switchSSL(gateway, deviceID, { useSSL, context });
    return {};
  };

/** The same for several devices (gateway-behaviour F67 to F75). */
export const setSSLMulti =
  (gateway: EmulatedGateway, useSSL: boolean) =>
  ({ deviceIDs }: { deviceIDs: number[] }, context: CallContext) =>
    onEach(deviceIDs, gateway.assumptions, (deviceID) => switchSSL(gateway, deviceID, { useSSL, context }));

async function switchSSL(
  gateway: EmulatedGateway,
  deviceID: number,
  { useSSL, context }: { useSSL: boolean; context: CallContext },
): Promise<void> {
  const { managed, sessions, assumptions } = gateway;
  const device = await commandedDevice(gateway, deviceID, context);
  if (device.useSSL === useSSL) return;
  device.useSSL = useSSL;
  if (assumptions.sslChangeEndsSession) sessions.end(deviceID);
  const entry = managed.get(deviceID);
  if (assumptions.asyncFollowsSSL && entry?.autoReconnect) managed.addAsync(deviceID, { ...entry, useSSL });
}
