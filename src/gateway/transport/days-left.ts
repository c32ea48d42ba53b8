import type { CertificateDetails } from './certificate.ts';

/** How many whole days a certificate is still good for; negative once it has expired. */
export const countDaysLeft = ({ notAfter }: Pick<CertificateDetails, 'notAfter'>, nowMs = Date.now()): number =>
  Math.floor((notAfter.getTime() - nowMs) / 86_400_000);
