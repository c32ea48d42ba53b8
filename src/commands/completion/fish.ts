import type { Vocabulary } from './bash.ts';
import type { OptionWords, Place } from './places.ts';

/** A script for fish. It tells what each word and option is for. */
export function fishScript({ places, everywhere }: Vocabulary): string {
  const paths = places.map(({ path }) => path).filter(Boolean);
  return `# Completion of gsdk for fish: gsdk completion fish | source
function __gsdk_path
  set -l path
  for word in (commandline -opc)[2..-1]
    switch $word
      case --
        echo ' --'
        return
      case '-*'
        continue
    end
    switch "$path $word"
      case ${paths.map((path) => `'${path}'`).join(' ')}
        set path "$path $word"
    end
  end
  echo "$path"
end
function __gsdk_at
  test (__gsdk_path) = "$argv[1]"
end
${everywhere.map((option) => optionLine(option, '')).join('\n')}
complete -c gsdk -l profile -x -a '(gsdk config profiles -o tsv --no-header --fields profile 2>/dev/null)'
${places.flatMap(placeLines).join('\n')}
`;
}

const placeLines = ({ path, words, options }: Place) => {
  const at = ` -n "__gsdk_at '${path}'"`;
  return [
    ...words.map(({ word, about }) => `complete -c gsdk -f${at} -a '${word}' -d ${quoted(about)}`),
    ...options.map((option) => optionLine(option, at)),
  ];
};

function optionLine({ flags, about, takesValue, choices }: OptionWords, at: string): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const values = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : '';
  return `complete -c gsdk${at} ${names.join(' ')}${values} -d ${quoted(about)}`;
}

/** Within single quotes fish knows two escapes. */
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
