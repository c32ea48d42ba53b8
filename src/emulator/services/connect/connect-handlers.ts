import type { Connect } from '../../../gen/connect_pb.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { Handlers } from '../../server/serve.ts';
import { getAcceptFilter, setAcceptFilter } from './accept-filter.ts';
import { addAsyncConnection, deleteAsyncConnection } from './async-connection.ts';
import { connect } from './connect.ts';
import { disconnect, disconnectAll } from './disconnect.ts';
import { getDeviceList } from './get-device-list.ts';
import { getPendingList } from './get-pending-list.ts';
import { searchDevice } from './search-device.ts';
import { setConnectionMode, setConnectionModeMulti } from './set-connection-mode.ts';
import { setSSL, setSSLMulti } from './set-ssl.ts';
import { getSlaveDevice, setSlaveDevice } from './slave-device.ts';
import { subscribeStatus } from './subscribe-status.ts';

/** The `gsdk.connect.Connect` service, answered by a gateway process. */
export const connectHandlers = (gateway: EmulatedGateway): Handlers<typeof Connect> => ({
  connect: connect(gateway),
  addAsyncConnection: addAsyncConnection(gateway),
  deleteAsyncConnection: deleteAsyncConnection(gateway),
  setAcceptFilter: setAcceptFilter(gateway),
  getAcceptFilter: getAcceptFilter(gateway),
  getPendingList: getPendingList(gateway),
  disconnect: disconnect(gateway),
  disconnectAll: disconnectAll(gateway),
  getDeviceList: getDeviceList(gateway),
  searchDevice: searchDevice(gateway),
  getSlaveDevice: getSlaveDevice(gateway),
  setSlaveDevice: setSlaveDevice(gateway),
  setConnectionMode: setConnectionMode(gateway),
  setConnectionModeMulti: setConnectionModeMulti(gateway),
  enableSSL: setSSL(gateway, true),
  enableSSLMulti: setSSLMulti(gateway, true),
  disableSSL: setSSL(gateway, false),
  disableSSLMulti: setSSLMulti(gateway, false),
  subscribeStatus: subscribeStatus(gateway),
});
