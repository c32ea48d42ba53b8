import { type HostPort, parseHostPort } from '../base/address.ts';
import { parseDuration } from '../base/duration.ts';
import { type OutputFormat, outputFormats } from '../render/index.ts';

/** When to colour: by terminal and `NO_COLOR`, or as said. */
export const colorChoices = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof colorChoices)[number];

/** The value of every setting, as its reader yields it. */
export interface SettingValues {
  profile: string;
  gateway: HostPort;
  caFile: string;
  certFile: string;
  keyFile: string;
  /** Lower-case hexadecimal. */
  pin: string;
  serverName: string;
  /** Milliseconds; infinite for none. */
  requestTimeout: number;
  /** Milliseconds; infinite for none. */
  connectTimeout: number;
  readOnly: boolean;
  /** How many devices a write may be for. */
  maxDevices: number;
  auditFile: string;
  output: OutputFormat;
  color: ColorChoice;
}

export type SettingName = keyof SettingValues;

/** One setting: how it is named and read. Its flag and its variable follow from its name. */
export interface Setting<N extends SettingName = SettingName> {
  name: N;
  /** What stands for the value in help: `FILE`. */
  argument: string;
  about: string;
  /** What a right value looks like, for messages. */
  expected: string;
  /** The value, or `undefined` when the text is not one. */
  read(text: string): SettingValues[N] | undefined;
  default?: string;
  /** Whether a profile may have it; `connection` ones are set aside together when a gateway is named otherwise. */
  inProfile?: 'connection' | 'limit';
  /**
   * Of a guard, which no later layer may lift: which of the values that were said wins. They come in the order of the
   * layers, flags first.
   */
  strictest?(values: readonly SettingValues[N][]): SettingValues[N] | undefined;
  /** What it may also be in a config file, where it is a text otherwise. */
  inFile?: 'boolean' | 'number';
  /** Whether the value is a path, which in a config file is relative to that file. */
  isPath?: true;
}

const text = (value: string) => value;
const parseLimit = (value: string) => (value === 'none' ? Number.POSITIVE_INFINITY : parseDuration(value));
const parseCount = (value: string) => (/^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined);
const parsePin = (value: string) => {
  const [, digits] = /^sha256:((?:[0-9a-f]{2}:?){31}[0-9a-f]{2})$/i.exec(value) ?? [];
  return digits?.replaceAll(':', '').toLowerCase();
};
const oneOf =
  <T extends string>(choices: readonly T[]) =>
  (value: string) =>
    choices.find((choice) => choice === value);

type Table = { readonly [N in SettingName]: Setting<N> };

/** Every setting of gsdk. Flags, variables, profiles, `config show` and the help on them are made from this table. */
export const settings: Table = {
  profile: {
    name: 'profile',
    argument: 'NAME[,NAME]',
    about: 'a gateway with its TLS settings, by its name in the config file; for reads and watch several',
    expected: 'letters, digits, dots, dashes and underscores',
    read: (value) => (/^[A-Za-z0-9._-]{1,64}$/.test(value) ? value : undefined),
  },
  gateway: {
    name: 'gateway',
    argument: 'HOST[:PORT]',
    about: 'the device gateway to ask; port 4000 unless given',
    expected: 'a host name or address, with a port of 1 to 65535',
    read: parseHostPort,
    inProfile: 'connection',
  },
  caFile: {
    name: 'caFile',
    argument: 'FILE',
    about: "the root certificates to trust: the gateway's own ca.crt",
    expected: 'a path',
    read: text,
    inProfile: 'connection',
    isPath: true,
  },
  pin: {
    name: 'pin',
    argument: 'sha256:HEX',
    about: 'the certificate of the gateway to trust, by the SHA-256 of its DER, where no root is at hand',
    expected: 'sha256: and 64 hexadecimal digits, colons between them or not',
    read: parsePin,
    inProfile: 'connection',
  },
  certFile: {
    name: 'certFile',
    argument: 'FILE',
    about: 'a client certificate, if the gateway wants one',
    expected: 'a path',
    read: text,
    inProfile: 'connection',
    isPath: true,
  },
  keyFile: {
    name: 'keyFile',
    argument: 'FILE',
    about: 'the private key of the client certificate',
    expected: 'a path',
    read: text,
    inProfile: 'connection',
    isPath: true,
  },
  serverName: {
    name: 'serverName',
    argument: 'NAME',
    about: 'the name in the certificate of the gateway, if it is not the host',
    expected: 'a host name or address',
    read: (value) => (/^[A-Za-z0-9_.:-]{1,253}$/.test(value) ? value : undefined),
    inProfile: 'connection',
  },
  requestTimeout: {
    name: 'requestTimeout',
    argument: 'DURATION',
    about: 'the limit of each call to the gateway, or none; a search has its --duration on top',
    expected: 'a duration with its unit, such as 30s, or none',
    read: parseLimit,
    default: '30s',
    inProfile: 'limit',
  },
  connectTimeout: {
    name: 'connectTimeout',
    argument: 'DURATION',
    about: 'the limit for connecting to the gateway, or none',
    expected: 'a duration with its unit, such as 5s, or none',
    read: parseLimit,
    default: '5s',
    inProfile: 'limit',
  },
  readOnly: {
    name: 'readOnly',
    argument: 'true|false',
    about: 'whether writes are refused; once true, nothing else can make it false',
    expected: 'true or false',
    read: (value) => (value === 'true' || value === 'false' ? value === 'true' : undefined),
    default: 'false',
    inProfile: 'connection',
    strictest: (values) => values.some((value) => value),
    inFile: 'boolean',
  },
  maxDevices: {
    name: 'maxDevices',
    argument: 'N',
    about: 'how many devices a write may be for; the smallest number that is said anywhere counts',
    expected: 'a number of devices, 1 or more',
    read: parseCount,
    inProfile: 'connection',
    strictest: (values) => (values.length === 0 ? undefined : Math.min(...values)),
    inFile: 'number',
  },
  auditFile: {
    name: 'auditFile',
    argument: 'FILE',
    about:
      'where every write is recorded, a JSON object a line; the file that a profile names counts before all others',
    expected: 'a path',
    read: text,
    inProfile: 'connection',
    strictest: (values) => values.at(-1),
    isPath: true,
  },
  output: {
    name: 'output',
    argument: 'FORMAT',
    about: `what to print: ${outputFormats.join(', ')}`,
    expected: `one of ${outputFormats.join(', ')}`,
    read: oneOf(outputFormats),
    default: 'table',
  },
  color: {
    name: 'color',
    argument: 'WHEN',
    about: `colour: ${colorChoices.join(', ')}`,
    expected: `one of ${colorChoices.join(', ')}`,
    read: oneOf(colorChoices),
    default: 'auto',
  },
};

/** The flag of a setting: `--ca-file`. */
export const toFlag = (name: string) => `--${name.replace(/[A-Z]/g, '-$&').toLowerCase()}`;

/** The environment variable of a setting: `GSDK_CA_FILE`. */
export const toVariable = (name: string) => `GSDK_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
