import { UserError } from '../lib/errors.ts';
import { quoted, say } from '../lib/printable.ts';
import type { Pack } from '../render/pack.ts';
import type { Command } from './command.ts';

interface Commands {
  [name: string]: Command;
}

/**
 * The commands that can run here: all of a checkout's, or those of a pack.
 * @param here this machine, such as "linux-x64"
 * @throws {UserError} where the pack was made for another platform
 */
export function commandsIn(
  pack: Pack | undefined,
  all: Commands,
  here = `${process.platform}-${process.arch}`,
): Commands {
  if (pack?.platform !== undefined && pack.platform !== here)
    throw new UserError([
      say`This pack of the ${pack.name} was made on ${pack.platform}, and this machine is ${here}. Run npm run pack in a checkout on ${here}, and use that one.`,
    ]);
  const names = pack?.commands;
  return names ? Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) : all;
}

/** About a command that a checkout has. @param commands those that can run here */
export const notInPack = (name: string, commands: Commands): UserError =>
  new UserError([
    say`${quoted(name)} is not in this pack, which has: ${Object.keys(commands)}. Use the pack of the generator, or a checkout.`,
  ]);
