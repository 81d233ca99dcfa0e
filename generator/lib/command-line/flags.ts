import { type ParseArgsConfig, parseArgs } from 'node:util';
import { closest } from '../closest.ts';
import { type Printable, quoted, say } from '../printable.ts';

/** What a flag is called, and whether it has a value; without a name it is none. */
interface Flag {
  flag?: string; // e.g., "results"
  /** One letter that stands for it too. */
  short?: string; // e.g., "q"
  /** No flag, but the one word that stands by itself. */
  operand?: true;
  /** Shown in help after the flag; absent: a switch. */
  value?: string; // e.g., "URL"
  multiple?: true;
}

/**
 * The flags of a command as given.
 * @param args after the command's name
 * @returns values by flag, the operand, and a sentence about each argument that the command does not take
 */
export function readFlags(args: string[], allowed: readonly Flag[]) {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const { flag, short, value, multiple } of allowed) {
    if (flag)
      options[flag] = { type: value ? 'string' : 'boolean', ...(short && { short }), ...(multiple && { multiple }) };
  }
  const parsed = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const unknown: Printable[] = [];
  const takesOperand = allowed.some(({ operand }) => operand);
  let operand: string | undefined;
  /** Where the value of a flag that there is none of may stand. */
  let noFlags = -1;
  for (const token of parsed.tokens) {
    if (token.kind === 'positional' && token.index !== noFlags) {
      if (takesOperand && operand === undefined) operand = token.value;
      else unknown.push(say`${quoted(token.value)} is not understood here. See --help.`);
    }
    if (token.kind !== 'option') continue;
    const option = options[token.name];
    if (!option) {
      const near = token.rawName.startsWith('--') ? closest(token.name, Object.keys(options)) : [];
      const meant = near.length > 0 ? ` Did you mean ${near.map((each) => `--${each}`).join(' or ')}?` : '';
      unknown.push(say`${token.rawName} is not a flag of this command.${meant} See --help.`);
      if (near.length === 0 || near.some((each) => options[each]?.type === 'string')) noFlags = token.index + 1;
    } else if (option.type === 'string' && (token.value === undefined || token.value === ''))
      unknown.push(say`${token.rawName} needs a value. See --help.`);
    else if (option.type === 'boolean' && token.value !== undefined)
      unknown.push(say`${token.rawName} takes no value.`);
  }
  return { flags: parsed.values as { [flag: string]: string | boolean | string[] | undefined }, operand, unknown };
}
