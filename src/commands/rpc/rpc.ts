import { defineCommand } from '../../cli/define-command.ts';
import { countOption } from '../../cli/input/option-parsers.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { about, lockoutOption } from '../filter/options.ts';

/** `gsdk rpc` */
export const rpc = defineCommand({
  summary: 'Send any gateway call with JSON',
  examples: [
    'gsdk rpc Connect.GetDeviceList | jq .deviceInfos',
    `gsdk rpc Device.GetInfo -d '{"deviceID": 846}' | jq .info`,
    'gsdk rpc Connect.SubscribeStatus --count 10',
  ],
  description:
    'It makes the call and nothing else: nothing is awaited or looked at afterwards, and before it only the guards\n' +
    'are asked, and whether a new accept filter would shut out managed devices that dial in. An answer is one JSON object, as a table too; a stream is one object a line, until it is interrupted or\n' +
    '--count of them have come. A search that lasts longer than 25 s needs --request-timeout.',
  exitCodes: [3, 4, 5, 6, 7, 9, 10, 11, 124],
  parameters: (command) =>
    command
      .argument('[Service.Method]', 'such as Connect.GetDeviceList')
      .option('-d, --data <JSON>', 'the request: JSON, @FILE, or @- for standard input; empty unless given')
      .option('--list', 'list every RPC with the fields of its request')
      .option('--count <N>', 'end a stream after so many messages', countOption('--count', 1e9))
      .option('--max-lockout <N>', about.maxLockout, lockoutOption)
      .option('--dry-run', 'only connect, and print the request that would be sent'),
  run: async ({ session }, name, { list, ...options }) => {
    if (list && name !== undefined) throw usageError(`--list beside ${name}`, 'say one of them');
    // Only here: it brings all of the generated code.
    const { callByName, listRpcs } = await import('./call-by-name.ts');
    if (list) return listRpcs(session);
    if (name === undefined) throw usageError('no RPC given', 'list them: gsdk rpc --list');
    return callByName(name, options, session);
  },
});
