import type { CertificateFacts } from './certificate-facts.ts';

/** How many whole days a certificate is still good for; negative once it has expired. */
export const daysLeft = ({ notAfter }: Pick<CertificateFacts, 'notAfter'>, nowMs = Date.now()): number =>
  Math.floor((notAfter.getTime() - nowMs) / 86_400_000);
