import { ConnectionMode } from '../../gen/connect_pb.ts';
import { Type } from '../../gen/device_pb.ts';
import { type Switch, switches } from '../fidelity/behavior-switches.ts';
import { gatewayVersions } from '../gateway-process/settings.ts';

/** A JSON Schema, draft 7, which is what editors know best. A `title` is what messages say that they expected. */
export type Schema = Readonly<Record<string, unknown>>;

type Properties = Readonly<Record<string, Schema>>;

const whole = (minimum: number, maximum: number, title: string) => ({ title, type: 'integer', minimum, maximum });
const milliseconds = whole(0, 2 ** 31 - 1, 'a whole number of milliseconds');
const port = whole(1, 65_535, 'a port of 1 to 65535');
const deviceID = whole(1, 4_294_967_295, 'a device ID of 1 to 4294967295');
const flag = { title: 'true or false', type: 'boolean' };
const IPv4 = { title: 'an IPv4 address', type: 'string', format: 'ipv4' };
const word = { title: 'a word', type: 'string', minLength: 1 };
const about = (description: string, schema: Schema): Schema => ({ ...schema, description });
const listOf = (items: Schema, title: string): Schema => ({ title, type: 'array', items });
const objectOf = (properties: Properties, required: readonly string[] = []): Schema => ({
  ...{ title: 'keys with values', type: 'object', properties, required, additionalProperties: false },
});
const mapOf = (values: Schema): Schema => ({ title: 'keys with values', type: 'object', additionalProperties: values });
const valueNames = (values: object) => Object.keys(values).filter((name) => Number.isNaN(Number(name)));

const factoryKeys = ['MACAddr', 'modelName', 'firmwareVersion', 'kernelVersion', 'BSCoreVersion', 'boardVersion'];

/** What many devices can have in common: a template has nothing else. */
const settings: Properties = {
  type: about('The model; BIOSTATION_2 unless given.', {
    title: 'the name of a type, such as BIOSTATION_3, or TYPE_153 for one that no table knows',
    anyOf: [{ enum: valueNames(Type) }, { type: 'string', pattern: '^TYPE_[0-9]{1,5}$' }],
  }),
  port: about('Where the device listens; 51211 unless given.', port),
  useSSL: about('Whether it speaks TLS, and nothing else.', flag),
  useDHCP: about('Whether it says that its address is from DHCP.', flag),
  connectionMode: about('Who dials: the gateway, or in DEVICE_TO_SERVER mode the device.', {
    title: 'SERVER_TO_DEVICE or DEVICE_TO_SERVER',
    enum: valueNames(ConnectionMode).filter((name) => name !== 'DEFAULT'),
  }),
  serverAddr: about('Whom it dials in DEVICE_TO_SERVER mode; the emulated gateway unless given.', IPv4),
  serverPort: about('The port that it dials without SSL; 51212 unless given.', port),
  SSLServerPort: about('The port that it dials with SSL; 51213 unless given.', port),
  labels: about('What selectors can go by: zone=7.', {
    ...mapOf({ title: 'a text, a number, or true or false', type: ['string', 'number', 'boolean'] }),
    propertyNames: { title: 'names without spaces, "=", ":" and "@"', pattern: '^[^\\s=:@]+$' },
  }),
  answers: about('False for a device without power: it answers nobody.', flag),
  refuses: about('True for a device that answers and refuses to be dialled.', flag),
  handshakeMs: about('How long it takes to open a session, in emulated milliseconds; 5 unless given.', milliseconds),
  answerMs: about('How long it takes to answer a command, in emulated milliseconds; 0 unless given.', milliseconds),
  factoryInfo: about('What it tells of itself.', objectOf(Object.fromEntries(factoryKeys.map((key) => [key, word])))),
  statusWhenConnected: about(
    'Its status while it is connected, as a number, to play a gateway newer than every table.',
    whole(0, 2 ** 31 - 1, 'a whole number'),
  ),
};

const slaves: Properties = {
  rs485SlaveDeviceIDs: about('Devices attached to it by RS-485.', listOf(deviceID, 'a list of device IDs')),
  wiegandSlaveDeviceIDs: about('Devices attached to it by Wiegand.', listOf(deviceID, 'a list of device IDs')),
};

const template = about('The name of a template: what is not said here is as there.', word);

const devices = listOf(
  objectOf(
    {
      deviceID,
      IPAddr: IPv4,
      name: about('What people call it.', word),
      template,
      group: about('What the selector group:NAME goes by.', word),
      ...settings,
      ...slaves,
    },
    ['deviceID', 'IPAddr'],
  ),
  'a list of devices',
);

const groups = listOf(
  objectOf(
    {
      group: about('What the selector group:NAME goes by.', word),
      count: about('How many devices.', whole(1, 1_000_000, 'a number of devices of 1 to 1000000')),
      deviceID: about('The ID of the first; the others are counted up.', deviceID),
      IPAddr: about('The address of the first, with its network; the others are counted up. /24 unless given.', {
        title: 'an IPv4 address with its network, such as 10.0.0.1/16',
        type: 'string',
        format: 'ipv4-network',
      }),
      template,
      ...settings,
      rs485SlaveDeviceIDs: about('Of the first device; of each next one, as many IDs further on.', {
        ...listOf(deviceID, 'a list of device IDs'),
      }),
      wiegandSlaveDeviceIDs: about('Likewise.', listOf(deviceID, 'a list of device IDs')),
    },
    ['group', 'count', 'deviceID', 'IPAddr'],
  ),
  'a list of groups',
);

const interval = whole(1, 2 ** 31 - 1, 'a whole number of milliseconds from 1 on');
const anything = {};

/** What the vendor documents of `config.json`. The embedded gateway goes by those keys that have a type here. */
export const gatewayConfigSchema: Schema = objectOf({
  device_server: objectOf({
    ip: anything,
    port: about('Where devices dial in without SSL; 51212 unless given.', port),
    ssl_port: about('Where they dial in with SSL; 51213 unless given.', port),
    reconnect_interval: about('After how long a lost device is dialled again; 30000 unless given.', interval),
    detect_network_interval: about(
      'After how long a lost link is noticed, from V1.7.1 on; 10000 unless given.',
      interval,
    ),
  }),
  rpc_server: objectOf({
    ip: anything,
    port: anything,
    max_recv_size: about(
      'The largest request in bytes; 75497472 unless given.',
      whole(1, 2 ** 31 - 1, 'a number of bytes'),
    ),
  }),
  timeout: objectOf({
    cmd: about('How long a device may take to answer a command; 10000 unless given.', interval),
    keep_alive: about('How long a device may give no sign of life; 32000 unless given.', interval),
    ...{ long_cmd: anything, upgrade_cmd: anything, input_cmd: anything, face_input_cmd: anything },
  }),
  ...{ cert: anything, master_gateway: anything, log: anything },
});

const assumption = ({ values, about: description }: Switch): Schema =>
  values
    ? { title: values.map((value) => JSON.stringify(value)).join(' or '), enum: values, description }
    : about(description, whole(0, 2 ** 31 - 1, 'a whole number'));

/** The schema of a fleet file: what it is checked by, and what editors help with. */
export const fleetSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  description: 'The devices of an embedded gateway of gsdk, and how the gateway is: gsdk emulator exec --fleet FILE',
  ...objectOf({
    $schema: about('Where editors find this schema.', word),
    gatewayVersion: about('The version of the gateway; 1.9.1 unless given.', {
      title: gatewayVersions.join(' or '),
      // In YAML 1.4 without quotes is a number.
      enum: [...gatewayVersions, 1.4, 1.5],
    }),
    gatewayIPAddr: about('The address of the gateway in the emulated network; 192.168.0.2 unless given.', IPv4),
    gatewayConfig: about(
      'Timeouts, intervals and ports, as in the config.json of a real gateway.',
      gatewayConfigSchema,
    ),
    assumptions: about(
      'What nobody knows of real gateways: the switches of gsdk emulator fidelity.',
      objectOf(Object.fromEntries(Object.entries<Switch>(switches).map(([name, one]) => [name, assumption(one)]))),
    ),
    templates: about('What devices have in common, by name.', mapOf(objectOf(settings))),
    devices: about('Devices, one by one.', devices),
    groups: about('Many devices alike, numbered.', groups),
  }),
};
