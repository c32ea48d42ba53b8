import { defineCommand } from '../../cli/define-command.ts';
import { daysOption } from '../../cli/input/option-parsers.ts';
import type { CertificateDetails } from '../../gateway/transport/certificate.ts';
import { countDaysLeft } from '../../gateway/transport/days-left.ts';
import type { Shape } from '../../render/view.ts';

const shape: Shape = {
  isRead: true,
  isObject: true,
  nullable: ['daysLeft'],
  fields: ['gateway', 'devices', 'connectMs', 'answerMs', 'totalMs', 'daysLeft'],
  columns: [
    { field: 'gateway', header: 'GATEWAY' },
    { field: 'devices', header: 'DEVICES' },
    { field: 'connectMs', header: 'CONNECT MS' },
    { field: 'answerMs', header: 'ANSWER MS' },
    { field: 'totalMs', header: 'TOTAL MS' },
    { field: 'daysLeft', header: 'CERT DAYS LEFT' },
  ],
};

/** `gsdk gateway ping` */
export const gatewayPing = defineCommand({
  summary: 'Check that the gateway answers, with the time it takes',
  examples: [
    'gsdk gateway ping',
    'gsdk gateway ping --connect-timeout 2s --json | jq .totalMs',
    'gsdk gateway ping --cert-warn 30d -q > /dev/null || echo "look at the gateway"',
  ],
  description:
    'It sets up TLS and asks for the list of managed devices; nothing is changed. daysLeft tells how long the\n' +
    'certificate of the gateway is still good for.',
  output: shape,
  exitCodes: [4, 5, 8, 124],
  parameters: (command) =>
    command.option(
      '--cert-warn <D>',
      'end with 8 when the certificate expires sooner than in so many days: 30d',
      daysOption('--cert-warn'),
    ),
  run: ({ session }, { certWarn }) => {
    const startMs = performance.now();
    return session.ask(shape, async (gateway) => {
      const connectedMs = performance.now();
      const { length } = await gateway.devices();
      const endMs = performance.now();
      const times = [connectedMs - startMs, endMs - connectedMs, endMs - startMs].map(Math.round);
      const [connectMs = 0, answerMs = 0, totalMs = 0] = times;
      const certificate = gateway.identity()?.certificate;
      const row = { gateway: gateway.target, devices: length, connectMs, answerMs, totalMs };
      if (!certificate) return { rows: [{ ...row, daysLeft: null }] };
      const left = countDaysLeft(certificate);
      const isLate = certWarn !== undefined && left < certWarn;
      if (isLate) await session.warn(expiresSoon(gateway.target, certificate, left));
      return { rows: [{ ...row, daysLeft: left }], exitCode: isLate ? 8 : 0 };
    });
  },
});

const expiresSoon = (target: string, { notAfter }: CertificateDetails, left: number) =>
  `the certificate of ${target} expires in ${left} days, at ${notAfter.toISOString()}`;
