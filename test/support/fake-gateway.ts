import type {
  AcceptFilter,
  AsyncTarget,
  ConnectTarget,
  FactoryInfo,
  Gateway,
  ManagedDevice,
} from '../../src/gateway/gateway.ts';

/** A managed device, connected by an ordinary synchronous connection unless said otherwise. */
export function managed(deviceID: number, others: Partial<ManagedDevice> = {}): ManagedDevice {
  return {
    deviceID,
    type: 'BIOSTATION_2',
    connectionMode: 'SERVER_TO_DEVICE',
    IPAddr: `10.0.0.${deviceID}`,
    port: 51_211,
    status: 'TCP_CONNECTED',
    autoReconnect: false,
    useSSL: false,
    connected: true,
    ...others,
  };
}

/** The same, without a live connection. */
export const down = (deviceID: number, others: Partial<ManagedDevice> = {}) =>
  managed(deviceID, { status: 'DISCONNECTED', connected: false, ...others });

/** Accepts these devices, or everybody. */
export const acceptFilter = (deviceIDs: readonly number[], allowAll = false): AcceptFilter => ({
  ...{ allowAll, deviceIDs: [...deviceIDs], IPAddrs: [], subnetMasks: [] },
});

/** What each device says of itself, but for its model. */
const factoryInfo: FactoryInfo = {
  ...{ MACAddr: '02:17:00:00:00:01', modelName: '', firmwareVersion: '1.0.0', kernelVersion: '1.0.0' },
  ...{ BSCoreVersion: '1.0.0', boardVersion: '1.0.0' },
};

/** A gateway that is a list in memory; the device at 10.0.0.N has the ID N. Calls are kept, any of them can be replaced. */
export function fakeGateway(devices: readonly ManagedDevice[] = [], others: Partial<Gateway> = {}) {
  const list = new Map(devices.map((device) => [device.deviceID, device]));
  const connects: ConnectTarget[] = [];
  const disconnects: number[][] = [];
  const adds: (readonly AsyncTarget[])[] = [];
  const deletes: (readonly number[])[] = [];
  const filters: AcceptFilter[] = [];
  let filter = acceptFilter([]);
  const gateway: Gateway = {
    target: 'gw1:4000',
    search: async () => ({ devices: [], isSilent: true }),
    devices: async () => [...list.values()],
    connect: async (target) => {
      const deviceID = Number(target.IPAddr.split('.')[3]);
      list.set(deviceID, managed(deviceID, target));
      return deviceID;
    },
    disconnect: async (ids) => {
      for (const id of ids) list.set(id, down(id));
    },
    addAsync: async (targets) => {
      for (const target of targets)
        list.set(target.deviceID, managed(target.deviceID, { ...target, autoReconnect: true }));
    },
    deleteAsync: async (ids) => {
      for (const id of ids) list.delete(id);
    },
    filter: async () => filter,
    setFilter: async (wanted) => {
      filter = wanted;
    },
    pending: async () => [],
    slaves: async () => [],
    setSlaves: async () => {},
    setMode: async (ids, connectionMode) => {
      for (const id of ids) list.set(id, { ...(list.get(id) ?? managed(id)), connectionMode });
      return new Map();
    },
    setSsl: async (ids, useSSL) => {
      for (const id of ids) list.set(id, { ...(list.get(id) ?? managed(id)), useSSL });
      return new Map();
    },
    info: async (deviceID) => ({
      factory: { ...factoryInfo, modelName: `Model ${deviceID}` },
      capabilities: undefined,
    }),
    call: async () => {},
    subscribe: ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    announce: () => {},
    identity: () => undefined,
    close: () => {},
    ...others,
  };
  const { connect, disconnect, addAsync, deleteAsync, setFilter } = gateway;
  gateway.connect = (target) => {
    connects.push(target);
    return connect(target);
  };
  gateway.disconnect = (ids) => {
    disconnects.push([...ids]);
    return disconnect(ids);
  };
  gateway.addAsync = (targets) => {
    adds.push(targets);
    return addAsync(targets);
  };
  gateway.deleteAsync = (ids) => {
    deletes.push(ids);
    return deleteAsync(ids);
  };
  gateway.setFilter = (wanted) => {
    filters.push(wanted);
    return setFilter(wanted);
  };
  return { gateway, list, connects, disconnects, adds, deletes, filters };
}

/** The answers of these calls one after the other; an error among them is thrown. */
export function inTurn<T>(...answers: readonly (T | Error)[]): () => Promise<T> {
  const left = [...answers];
  return async () => {
    const next = left.shift();
    if (next === undefined) throw new Error('called once too often');
    if (next instanceof Error) throw next;
    return next;
  };
}
