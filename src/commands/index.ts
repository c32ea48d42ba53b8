import type { Entries } from '../cli/define-command.ts';

/** Every command and group, in the order of the help. A group's `index.ts` lists its commands; nothing else does. */
export const commands: Entries = {
  search: { load: async () => (await import('./search/search.ts')).search },
  connect: { load: async () => (await import('./connect/connect.ts')).connect },
  disconnect: { load: async () => (await import('./disconnect/disconnect.ts')).disconnect },
  wait: { load: async () => (await import('./wait/wait.ts')).wait },
  watch: { load: async () => (await import('./watch/watch.ts')).watch },
  device: { load: async () => (await import('./device/index.ts')).deviceGroup },
  async: { load: async () => (await import('./async/index.ts')).asyncGroup },
  filter: { load: async () => (await import('./filter/index.ts')).filterGroup },
  pending: { load: async () => (await import('./pending/index.ts')).pendingGroup },
  ssl: { load: async () => (await import('./ssl/index.ts')).sslGroup },
  mode: { load: async () => (await import('./mode/index.ts')).modeGroup },
  slave: { load: async () => (await import('./slave/index.ts')).slaveGroup },
  export: { load: async () => (await import('./site/export.ts')).siteExport },
  check: { load: async () => (await import('./site/check.ts')).check },
  apply: { load: async () => (await import('./site/apply.ts')).apply },
  release: { load: async () => (await import('./hold/release.ts')).release },
  gateway: { load: async () => (await import('./gateway/index.ts')).gatewayGroup },
  rpc: { load: async () => (await import('./rpc/rpc.ts')).rpc },
  config: { load: async () => (await import('./config/index.ts')).configGroup },
  emulator: { load: async () => (await import('./emulator/index.ts')).emulatorGroup },
  schema: { load: async () => (await import('./schema/schema.ts')).schema },
  completion: { load: async () => (await import('./completion/completion.ts')).completion },
  help: { load: async () => (await import('./help/help.ts')).help },
};
