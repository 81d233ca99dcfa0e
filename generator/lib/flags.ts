import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Printable, quoted, say } from './printable.ts';

/** What a flag is called, and whether it has a value; without a name it is none. */
interface Flag {
  flag?: string; // e.g., "results"
  /** Shown in help after the flag; absent: a switch. */
  value?: string; // e.g., "URL"
  multiple?: true;
}

/**
 * The flags of a command as given.
 * @param args after the command's name
 * @returns values by flag, and a sentence about each argument that the command does not take
 */
export function readFlags(args: string[], allowed: readonly Flag[]) {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const { flag, value, multiple } of allowed) {
    if (flag) options[flag] = { type: value ? 'string' : 'boolean', ...(multiple && { multiple: true }) };
  }
  const parsed = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const unknown: Printable[] = [];
  for (const token of parsed.tokens) {
    if (token.kind === 'positional') unknown.push(say`${quoted(token.value)} is not understood here. See --help.`);
    if (token.kind !== 'option') continue;
    const option = options[token.name];
    if (!option) unknown.push(say`${token.rawName} is not a flag of this command. See --help.`);
    else if (option.type === 'string' && (token.value === undefined || token.value === ''))
      unknown.push(say`${token.rawName} needs a value. See --help.`);
    else if (option.type === 'boolean' && token.value !== undefined)
      unknown.push(say`${token.rawName} takes no value.`);
  }
  return { flags: parsed.values as { [flag: string]: string | boolean | string[] | undefined }, unknown };
}
