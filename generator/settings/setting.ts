/** One setting: its flag, its environment variable, or both; flags win over the environment, that over the default. */
export interface Setting {
  flag?: string; // e.g., "results"
  /** The word that stands by itself after the command. */
  operand?: true;
  variable?: string; // e.g., "CCI_RESULTS_URL"
  /** One letter that stands for the flag too. */
  short?: string; // e.g., "q"
  /** Shown in help after the flag; absent: a switch. */
  value?: string; // e.g., "URL"
  default?: string;
  multiple?: true;
  /** Its value is in no message. */
  secret?: true;
  /** An address that may have a user name and a password in it; no other may. */
  login?: true;
  about: string;
  /** What is wrong with a value, as the end of a sentence, or undefined. */
  check?: (value: string) => string | undefined;
}
