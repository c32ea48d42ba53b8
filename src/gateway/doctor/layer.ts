import type { GsdkError } from '../../errors/gsdk-error.ts';

/** What stands between us and a gateway that does its work, from the outside in, and what each is about. */
export const layers = {
  configuration: 'a gateway is named, and its files can be read',
  dns: 'its name is known',
  tcp: 'something listens there',
  tls: 'it speaks TLS with us',
  trust: 'its certificate is one that we are to trust',
  name: 'its certificate is for the name that we call it by',
  expiry: 'its certificate is valid now',
  grpc: 'it answers gRPC',
  service: 'it is a device gateway, and lets us ask',
  version: 'how old it is, as far as it betrays that',
  search: 'devices in its subnet answer it',
  filter: 'its accept filter does not let in whoever comes',
  devices: 'it manages devices',
} as const;

/** The name of a layer. */
export type LayerName = keyof typeof layers;

/** What was found of one layer. */
export interface CheckResult {
  layer: LayerName;
  /** Null where it could not be looked at, because of one before it. */
  ok: boolean | null;
  finding: string;
  /** The flag that mends it, or the next command. */
  hint: string | null;
  /** Why nothing works beyond it; absent of what is warn and hinders nobody. */
  failure?: GsdkError;
}

/** A layer that is as it should be. */
export const pass = (layer: LayerName, finding: string, hint: string | null = null): CheckResult => ({
  ...{ layer, ok: true, finding, hint },
});

/** A layer beyond which nothing works. */
export const fail = (layer: LayerName, failure: GsdkError): CheckResult => ({
  ...{ layer, ok: false, finding: failure.message, hint: failure.failure.hint ?? null, failure },
});

/** Something that hinders nobody, and is worth a look. */
export const warn = (layer: LayerName, finding: string, hint: string): CheckResult => ({
  layer,
  ok: false,
  finding,
  hint,
});

/** All layers in order: what was not found out could not be looked at. */
export const complete = (found: readonly CheckResult[]): CheckResult[] =>
  (Object.keys(layers) as LayerName[]).map(
    (layer) =>
      found.find((finding) => finding.layer === layer) ?? { layer, ok: null, finding: 'not looked at', hint: null },
  );
