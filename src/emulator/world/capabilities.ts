import { Type } from '../../gen/device_pb.ts';

/** What a model can do; the names are those of `CapabilityInfo`. */
export interface Capabilities extends Readonly<Partial<Record<Feature, boolean>>> {
  readonly maxNumOfUser: number;
}

type Feature =
  | 'PINSupported'
  | 'cardSupported'
  | 'fingerSupported'
  | 'faceSupported'
  | 'QRSupported'
  | 'userNameSupported'
  | 'userPhotoSupported'
  | 'imageLogSupported'
  | 'TNASupported'
  | 'jobCodeSupported'
  | 'wiegandSupported'
  | 'triggerActionSupported'
  | 'DSTSupported'
  | 'DNSSupported'
  | 'RS485ExtSupported'
  | 'alphanumericIDSupported';

const controller = {
  cardSupported: true,
  wiegandSupported: true,
  triggerActionSupported: true,
  DSTSupported: true,
  DNSSupported: true,
  RS485ExtSupported: true,
  alphanumericIDSupported: true,
};
const finger = { fingerSupported: true };
const face = { faceSupported: true };
const pin = { PINSupported: true };
const screen = {
  ...pin,
  userNameSupported: true,
  userPhotoSupported: true,
  imageLogSupported: true,
  TNASupported: true,
  jobCodeSupported: true,
};

/** By family, in rough strokes: enough to tell a fingerprint reader from a face terminal. What is no reader can do nothing. */
const families: readonly { models: readonly number[]; capabilities: Capabilities }[] = [
  {
    models: [Type.BIOSTATION_2, Type.BIOSTATION_A2, Type.BIOSTATION_L2, Type.BIOSTATION_2A],
    capabilities: { maxNumOfUser: 500_000, ...controller, ...finger, ...screen },
  },
  {
    models: [Type.BIOENTRY_PLUS, Type.BIOENTRY_W, Type.BIOENTRY_W2, Type.BIOENTRY_P2, Type.BIOENTRY_R2],
    capabilities: { maxNumOfUser: 10_000, ...controller, ...finger },
  },
  {
    models: [Type.BIOLITE_NET, Type.BIOLITE_N2],
    capabilities: { maxNumOfUser: 10_000, ...controller, ...finger, ...pin, TNASupported: true },
  },
  {
    models: [Type.FACESTATION_2, Type.FACELITE, Type.FACESTATION_F2],
    capabilities: { maxNumOfUser: 30_000, ...controller, ...face, ...screen },
  },
  { models: [Type.BIOENTRY_W3], capabilities: { maxNumOfUser: 100_000, ...controller, ...face } },
  {
    models: [Type.BIOSTATION_3, Type.BIOSTATION_3_MAX],
    capabilities: { maxNumOfUser: 100_000, ...controller, ...face, ...screen, QRSupported: true },
  },
  {
    models: [Type.BIOSTATION_3_MAX_FP, Type.FACESTATION_F2_FP],
    capabilities: { maxNumOfUser: 100_000, ...controller, ...face, ...finger, ...screen },
  },
  {
    models: [Type.XPASS, Type.XPASS_S2, Type.XPASS2, Type.XPASS_S3, Type.XPASS_D2, Type.XPASS_D2_REV],
    capabilities: { maxNumOfUser: 200_000, ...controller },
  },
  {
    models: [Type.XPASS2_KEYPAD, Type.XPASS_D2_KEYPAD, Type.XPASS_D2_KEYPAD_REV],
    capabilities: { maxNumOfUser: 200_000, ...controller, ...pin },
  },
  { models: [Type.XPASS_Q2], capabilities: { maxNumOfUser: 200_000, ...controller, QRSupported: true } },
  { models: [Type.XSTATION_2], capabilities: { maxNumOfUser: 200_000, ...controller, ...screen } },
  {
    models: [Type.XSTATION_2_QR],
    capabilities: { maxNumOfUser: 200_000, ...controller, ...screen, QRSupported: true },
  },
  { models: [Type.XSTATION_2_FP], capabilities: { maxNumOfUser: 200_000, ...controller, ...screen, ...finger } },
  { models: [Type.CORESTATION_40, Type.CORESTATION_20], capabilities: { maxNumOfUser: 500_000, ...controller } },
];

const byType = new Map(families.flatMap(({ models, capabilities }) => models.map((type) => [type, capabilities])));

/** What a device of this type can do; a type that is no reader, or that no table knows, can do nothing. */
export const capabilitiesOf = (type: number): Capabilities => byType.get(type) ?? { maxNumOfUser: 0 };
