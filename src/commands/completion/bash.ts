import type { OptionWords, Place } from './places.ts';

/** What a completion script is made of. */
export interface Vocabulary {
  places: readonly Place[];
  /** The options that every command takes. */
  everywhere: readonly OptionWords[];
}

/**
 * A script for bash. It knows the words by itself, and asks gsdk for nothing but the names of profiles; where it knows
 * nothing, bash offers files.
 */
export function bashScript({ places, everywhere }: Vocabulary): string {
  const paths = places.map(({ path }) => path).filter(Boolean);
  return `# Completion of gsdk for bash: source <(gsdk completion bash)
_gsdk() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path= words= index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
      --) return ;;
      -*) continue ;;
    esac
    case "$path \${COMP_WORDS[index]}" in
      ${paths.map(quoted).join('|')}) path+=" \${COMP_WORDS[index]}" ;;
    esac
  done
  case $previous in
${valueCases(everywhere).join('\n')}
  esac
  case "$path" in
${places.map(placeCase).join('\n')}
  esac
  case $word in
    -*) words+=' ${flagsOf(everywhere).join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _gsdk gsdk
`;
}

/** The same for zsh, which can run those of bash. */
export const zshScript = (vocabulary: Vocabulary): string =>
  `# Completion of gsdk for zsh: source <(gsdk completion zsh)
autoload -U +X compinit && compinit -u
autoload -U +X bashcompinit && bashcompinit
${bashScript(vocabulary).split('\n').slice(1).join('\n')}`;

const quoted = (text: string) => `'${text}'`;

const flagsOf = (options: readonly OptionWords[]) => options.flatMap(({ flags }) => flags);

/** After an option its values; after one whose values nobody can list, files. */
const valueCases = (options: readonly OptionWords[]) => [
  '    --profile) COMPREPLY=($(compgen -W "$(gsdk config profiles -o tsv --no-header --fields profile 2>/dev/null)" -- "$word")); return ;;',
  ...options
    .filter(({ takesValue, flags }) => takesValue && !flags.includes('--profile'))
    .map(({ flags, choices }) =>
      choices.length === 0
        ? `    ${flags.join('|')}) return ;;`
        : `    ${flags.join('|')}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$word")); return ;;`,
    ),
];

function placeCase({ path, words, options }: Place): string {
  const values = options.filter(({ takesValue }) => takesValue);
  const own = values.map(({ flags, choices }) =>
    choices.length === 0
      ? `        ${flags.join('|')}) return ;;`
      : `        ${flags.join('|')}) words='${choices.join(' ')}' ;;`,
  );
  const all = [...words.map(({ word }) => word), ...flagsOf(options)].join(' ');
  const plain =
    own.length === 0
      ? `words='${all}'`
      : `case $previous in\n${own.join('\n')}\n        *) words='${all}' ;;\n      esac`;
  return `    '${path}')\n      ${plain} ;;`;
}
