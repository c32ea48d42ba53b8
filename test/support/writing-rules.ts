/** The verbs with which the summary of a command starts. */
export const summaryVerbs =
  'Add Apply Check Clear Compare Connect Create Disable Disconnect Enable Export Find Follow List Manage Print Remove Replace Reset Restart Restore Run Send Set Show Simulate Start Stop Stream Validate Wait'.split(
    ' ',
  );

/** Words that do not occur in text for users. */
export const bannedWords =
  /\b(told|tells|nobody|somebody|whoever|everybody|whom|parted|betray|mend|meanwhile)\b|any more|no more\b|all the same|so many|so often|unless given|of its own|is not there/i;
