import { formatHostPort, type HostPort } from '../base/address.ts';
import { usageError } from '../errors/gsdk-error.ts';
import { type ConfigFile, type Environment, type Profile, readConfigFile } from './file.ts';
import { type Setting, type SettingName, type SettingValues, settings, toFlag, toVariable } from './settings.ts';

/** The value of one setting, and where it was found. */
export interface Resolved<T> {
  value: T;
  /** The value as it was written. */
  text: string;
  /** Where it was written: `--request-timeout`, `GSDK_REQUEST_TIMEOUT`, `profile site1`, `default`. */
  source: string;
  /** Of a profile: whether its connection counts for nothing, as another gateway was named. */
  isSetAside?: boolean;
}

/** Every setting that has a value; those with a default always have one. */
export type Configuration = { readonly [N in Defaulted]: Resolved<SettingValues[N]> } & {
  readonly [N in Exclude<SettingName, Defaulted>]?: Resolved<SettingValues[N]>;
};

type Defaulted = 'requestTimeout' | 'connectTimeout' | 'readOnly' | 'output' | 'color';

/** Settings given as flags, by name. */
export type Flags = Readonly<Partial<Record<SettingName, string>>>;

/** A place where settings are looked up. */
interface Layer {
  text(name: SettingName): string | undefined;
  source(name: SettingName): string;
}

/**
 * Settles every setting: flags win over `GSDK_*` variables, which win over the profile, which wins
 * over defaults. A gateway named by flag or variable sets the connection of the profile aside as a whole.
 *
 * @throws GsdkError (USAGE) on a value that cannot be, an unknown profile, or a profile beside another gateway
 */
export function resolveConfiguration(flags: Flags, env: Environment): Configuration {
  const given = [flagLayer(flags), variableLayer(env)];
  const profileName = settle(settings.profile, given);
  const profile = profileName && findProfile(profileName, readConfigFile(env));
  const named = settle(settings.gateway, given);
  if (profile && profileName.source === '--profile' && named?.source === 'GSDK_GATEWAY') {
    refuseOtherGateway(profileName.value, profile, named);
  }
  const isSetAside = named !== undefined && !isSameGateway(profile, named.value);
  const layers = profile ? [...given, profileLayer(profile, isSetAside, profileName.value)] : given;
  const entries = Object.values(settings).map((setting) => [
    setting.name,
    settle(setting as Setting, [...layers, defaultLayer]),
  ]);
  const configuration = Object.fromEntries(entries.filter(([, resolved]) => resolved !== undefined));
  if (profile) configuration.profile = { ...profileName, isSetAside };
  // Made of the settings table key by key, which Object.fromEntries cannot say.
  return configuration as unknown as Configuration;
}

/**
 * Settles every setting for each of the profiles that are named: `--profile site1,site2`. They differ in what a profile
 * can say, and in nothing else.
 *
 * @throws GsdkError (USAGE) as {@link resolveConfiguration}, and when a gateway is named beside several profiles
 */
export function resolveConfigurations(flags: Flags, env: Environment): readonly [Configuration, ...Configuration[]] {
  const text = flags.profile ?? (env.GSDK_PROFILE || undefined);
  const [first, ...others] = [...new Set(text?.split(','))];
  if (text === undefined || first === undefined || others.length === 0) return [resolveConfiguration(flags, env)];
  const gateway = flags.gateway === undefined ? env.GSDK_GATEWAY && 'GSDK_GATEWAY' : '--gateway';
  if (gateway) throw usageError(`${gateway} beside profiles ${text}: each has its own gateway`, 'leave it out');
  const of = (profile: string) => resolveConfiguration({ ...flags, profile }, env);
  return [of(first), ...others.map(of)];
}

/** The gateway that is asked, and the profile that it is from, as documents and errors name them. */
export function toGatewayContext({ profile, gateway }: Configuration): {
  profile: string | null;
  gateway: string | null;
} {
  const isUsed = profile !== undefined && !profile.isSetAside;
  return { profile: isUsed ? profile.value : null, gateway: gateway ? formatHostPort(gateway.value) : null };
}

function settle<N extends SettingName>(
  setting: Setting<N>,
  layers: readonly Layer[],
): Resolved<SettingValues[N]> | undefined {
  const said = layers.filter((layer) => layer.text(setting.name) !== undefined);
  const decisive = setting.strictest === undefined ? said.slice(0, 1) : said;
  const found = decisive.flatMap((layer) => readFrom(layer, setting) ?? []);
  const strictest = setting.strictest?.(found.map(({ value }) => value));
  return found.find(({ value }) => value === strictest) ?? found[0];
}

function readFrom<N extends SettingName>(layer: Layer, setting: Setting<N>): Resolved<SettingValues[N]> | undefined {
  const text = layer.text(setting.name);
  if (text === undefined) return undefined;
  const source = layer.source(setting.name);
  const value = setting.read(text);
  if (value === undefined) {
    throw usageError(
      `${source}: expected ${setting.expected}, got "${text}"`,
      'see all settings: gsdk help environment',
    );
  }
  return { value, text, source };
}

const flagLayer = (flags: Flags): Layer => ({ text: (name) => flags[name], source: toFlag });

/** An empty variable counts as unset: that is how a script takes one back. */
const variableLayer = (env: Environment): Layer => ({
  text: (name) => env[toVariable(name)] || undefined,
  source: toVariable,
});

const profileLayer = (profile: Profile, isSetAside: boolean, profileName: string): Layer => ({
  text: (name) => (isSetAside && settings[name].inProfile === 'connection' ? undefined : profile[name]),
  source: (name) => `${name} of profile ${profileName}`,
});

const defaultLayer: Layer = { text: (name) => settings[name].default, source: () => 'default' };

function findProfile({ value, source }: Resolved<string>, file: ConfigFile | undefined): Profile {
  const profile = file?.profiles.get(value);
  if (profile) return profile;
  const known = [...(file?.profiles.keys() ?? [])].join(', ') || 'none';
  const where = file ? `${file.path} has: ${known}` : 'there is no config file';
  throw usageError(`${source}: no profile "${value}"; ${where}`, 'see where it is looked for: gsdk config path');
}

function refuseOtherGateway(name: string, profile: Profile, { value, text }: Resolved<HostPort>): void {
  if (isSameGateway(profile, value)) return;
  const message = `--profile ${name} is ${profile.gateway ?? 'without a gateway'}, but GSDK_GATEWAY is ${text}`;
  throw usageError(message, 'say which: unset GSDK_GATEWAY, or leave --profile out');
}

function isSameGateway(profile: Profile | undefined, gateway: HostPort): boolean {
  const own = profile?.gateway === undefined ? undefined : settings.gateway.read(profile.gateway);
  return own !== undefined && formatHostPort(own) === formatHostPort(gateway);
}
