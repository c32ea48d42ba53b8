import { type Flags, resolveConfigurations, toGatewayContext } from '../../config/resolve.ts';
import { settings, toFlag } from '../../config/settings.ts';
import { isJsonFormat } from '../../render/index.ts';
import type { Host } from '../host.ts';
import { isColored } from './color.ts';
import type { ErrorContext } from './report-error.ts';

/**
 * What the report of an error needs, worked out anew from the command line: the error may be that it
 * could not be parsed, or that a setting cannot be.
 */
export function errorContext(argv: readonly string[], { env, stderr }: Host): ErrorContext {
  const flags = settingsIn(argv);
  try {
    const [configuration, ...others] = resolveConfigurations(flags, env);
    return {
      isJson: isJsonFormat(configuration.output.value),
      isColored: isColored(configuration.color.value, stderr, env),
      ...(others.length === 0 ? toGatewayContext(configuration) : { profile: null, gateway: null }),
    };
  } catch {
    const isJson = /^(nd)?json$/.test(flags.output ?? env.GSDK_OUTPUT ?? '');
    return { isJson, isColored: false, profile: null, gateway: null };
  }
}

/** The settings on a command line, as far as they can be told without knowing its commands. */
function settingsIn(argv: readonly string[]): Flags {
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const found = own.flatMap((word, index) => {
    const [, flag, inline] = /^(--[a-z-]+|-[qv]*o)(?:=?(.+))?$/.exec(word) ?? [];
    const value = inline ?? own[index + 1];
    const long = flag === undefined || flag.startsWith('--') ? flag : '--output';
    const name = Object.keys(settings).find((candidate) => toFlag(candidate) === long);
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  const profiles = found.filter(([name]) => name === 'profile').map(([, value]) => value);
  if (profiles.length > 1) found.push(['profile', profiles.join(',')]);
  // Beside another format, --json is the error to report, and in the form that was asked for.
  return Object.fromEntries(own.includes('--json') ? [...found, ['output', 'json']] : found);
}
