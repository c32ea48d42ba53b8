import { formatHostPort } from '../base/address.ts';
import type { Announcement, Gateway, WriteTarget } from './gateway.ts';
import { requestTargets } from './rpc/request-targets.ts';

/**
 * Decides whether a write may go on, from all the targets that the run has named so far.
 *
 * @throws GsdkError when it may not: then nothing of it is sent
 */
export type Admit = (targets: readonly WriteTarget[], announcement: Announcement) => void;

/**
 * Puts a guard in front of a gateway. A write is admitted when it is announced, as a whole and before its first call;
 * one that nobody announced is admitted, or not, by what its call names.
 */
export function createGuardedGateway(gateway: Gateway, admit: Admit): Gateway {
  const named = new Set<WriteTarget>();
  let isAdmitted = false;
  const announce: Gateway['announce'] = (targets, announcement) => {
    const isNew = targets.some((target) => !named.has(target));
    if (!isNew && !announcement.isForAll && (announcement.dryRun || isAdmitted)) return;
    admit([...new Set([...named, ...targets])], announcement);
    for (const target of targets) named.add(target);
    isAdmitted ||= !announcement.dryRun;
  };
  const before =
    <Input, Output>(targetsOf: (input: Input) => readonly WriteTarget[], call: (input: Input) => Promise<Output>) =>
    async (input: Input) => {
      announce(targetsOf(input), { dryRun: false });
      return call(input);
    };
  const idsOf = (devices: readonly { deviceID: number }[]) => devices.map(({ deviceID }) => deviceID);
  const themselves = (ids: readonly number[]) => ids;
  return {
    ...gateway,
    announce,
    async connect(target) {
      // Of an announced write the address may be that of a device that was named by its ID.
      announce(isAdmitted ? [] : [formatHostPort({ host: target.IPAddr, port: target.port })], { dryRun: false });
      const deviceID = await gateway.connect(target);
      named.add(deviceID);
      return deviceID;
    },
    disconnect: before(themselves, gateway.disconnect),
    deleteAsync: before(themselves, gateway.deleteAsync),
    addAsync: before(idsOf, gateway.addAsync),
    // These replace what concerns others too, who stay as they are: only who announces them knows whom they change.
    setFilter: before(() => [], gateway.setFilter),
    setSlaves: before(() => [], gateway.setSlaves),
    async setMode(ids, mode) {
      announce(ids, { dryRun: false });
      return gateway.setMode(ids, mode);
    },
    async setSsl(ids, useSSL) {
      announce(ids, { dryRun: false });
      return gateway.setSsl(ids, useSSL);
    },
    async call(request, onAnswer) {
      if (request.rpc.isWrite) announce(isAdmitted ? [] : requestTargets(request), { dryRun: false });
      await gateway.call(request, onAnswer);
    },
  };
}
