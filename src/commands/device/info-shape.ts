import type { Capabilities, FactoryInfo } from '../../gateway/gateway.ts';
import type { Row, Shape } from '../../render/view.ts';

const factoryFields = [
  ...['MACAddr', 'modelName', 'firmwareVersion', 'kernelVersion', 'BSCoreVersion', 'boardVersion'],
] as const satisfies readonly (keyof FactoryInfo)[];

const capabilityFields = [
  ...['maxNumOfUser', 'PINSupported', 'cardSupported', 'card1xSupported', 'SEOSSupported', 'fingerSupported'],
  ...['faceSupported', 'userNameSupported', 'userPhotoSupported', 'userPhraseSupported', 'alphanumericIDSupported'],
  ...['WLANSupported', 'imageLogSupported', 'VOIPSupported', 'TNASupported', 'jobCodeSupported', 'wiegandSupported'],
  ...['wiegandMultiSupported', 'triggerActionSupported', 'DSTSupported', 'DNSSupported', 'OSDPKeySupported'],
  ...['RS485ExtSupported', 'QRSupported', 'dynamicSlaveDeviceSupported'],
] as const satisfies readonly (keyof Capabilities)[];

/** What a device says of itself, in one row. */
export const infoShape: Shape = {
  isRead: true,
  nullable: capabilityFields,
  fields: ['deviceID', 'type', ...factoryFields, ...capabilityFields],
  columns: [
    { field: 'deviceID', header: 'ID' },
    { field: 'type', header: 'TYPE' },
    { field: 'modelName', header: 'MODEL' },
    { field: 'firmwareVersion', header: 'FIRMWARE' },
    { field: 'kernelVersion', header: 'KERNEL' },
    { field: 'MACAddr', header: 'MAC' },
    { field: 'BSCoreVersion', header: 'BSCORE', isWide: true },
    { field: 'boardVersion', header: 'BOARD', isWide: true },
    { field: 'maxNumOfUser', header: 'USERS AT MOST', isWide: true },
  ],
  deviceID: ({ deviceID }) => Number(deviceID),
};

/** In the place of capabilities that nobody told us. */
export const noCapabilities: Row = Object.fromEntries(capabilityFields.map((field) => [field, null]));
