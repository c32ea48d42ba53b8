import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../../../cli/session.ts';
import { GsdkError } from '../../../errors/gsdk-error.ts';
import { defaultName, nameOption, notRunning, running } from '../instance/instances.ts';
import { type ControlAddress, type ControlAddresses, controlVariable, readControlFile } from './control-file.ts';

/** How a command that speaks to the control service may end, beside 0, 1 and 2. */
export const controlExitCodes = [3, 4, 5, 124];

/** Adds the option by which a command names the gateway that it is for. */
export const withName = (command: Command) =>
  command.option(
    '--name <NAME>',
    `which gateway; that of ${controlVariable} unless given, otherwise ${defaultName}`,
    nameOption,
  );

/** Of the command line: the gateway by its name, or by the profile that it has in its `emulator exec`. */
export interface Target {
  name?: string | undefined;
  profile?: string | undefined;
}

/** A gateway that was found, and how messages name it. */
export interface Found extends ControlAddress {
  title: string;
}

/**
 * Finds the gateway that is meant: by its name, else by the environment, else the one that is called default.
 *
 * @throws GsdkError (NOT_FOUND) when there is none
 */
export async function findControl({ name, profile }: Target, { host }: Session): Promise<Found> {
  const fromEnvironment = name === undefined ? host.env[controlVariable] : undefined;
  const instanceName = name ?? defaultName;
  const path = fromEnvironment || (await running(instanceName))?.controlFile;
  if (path === undefined) throw notRunning(instanceName);
  const addresses = readControlFile(path);
  if (!addresses) throw fromEnvironment ? endedGateway(path) : notRunning(instanceName);
  const title = fromEnvironment
    ? `the embedded gateway of ${controlVariable}`
    : `the embedded gateway "${instanceName}"`;
  return { ...chosen(addresses, profile, host.env.GSDK_PROFILE), title };
}

/** A profile that was named must be there; that of the environment counts if it is. */
function chosen(addresses: ControlAddresses, profile: string | undefined, preferred = ''): ControlAddress {
  const names = Object.keys(addresses);
  const wanted = profile ?? (Object.hasOwn(addresses, preferred) ? preferred : names[0]) ?? '';
  const address = Object.hasOwn(addresses, wanted) ? addresses[wanted] : undefined;
  if (address) return address;
  throw new GsdkError({
    class: 'NOT_FOUND',
    message: `no embedded gateway has the profile "${wanted}"; there are: ${names.join(', ')}`,
    hint: 'leave --profile out for the first of them',
    stage: 'cli',
  });
}

const endedGateway = (path: string) =>
  new GsdkError({
    class: 'NOT_FOUND',
    message: `${controlVariable} names ${path}, and no embedded gateway is there`,
    hint: 'it has ended; start another: gsdk emulator start && eval "$(gsdk emulator env)"',
    stage: 'cli',
  });
