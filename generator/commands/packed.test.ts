import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/errors.ts';
import { ownPack, type Pack } from '../render/pack.ts';
import type { Command } from './command.ts';
import { commandsIn, notInPack } from './packed.ts';

const command = {} as Command;
const ALL = { build: command, serve: command };
const VERSIONS = { template: 't', code: 'c' };
const GATE: Pack = { name: 'gate', commands: ['serve'], ...VERSIONS };
const GENERATOR: Pack = { name: 'generator', platform: 'linux-x64', ...VERSIONS };

describe('a program', () => {
  it('has every command in a checkout, and in a pack those that are in it', () => {
    expect(ownPack()).toBeUndefined();
    expect(commandsIn(undefined, ALL)).toEqual(ALL);
    expect(commandsIn(GATE, ALL)).toEqual({ serve: command });
    expect(commandsIn(GENERATOR, ALL, 'linux-x64')).toEqual(ALL);
  });

  it('does not start on another platform than its pack was made on', () => {
    expect(() => commandsIn(GENERATOR, ALL, 'linux-arm64')).toThrow(UserError);
    expect(() => commandsIn(GENERATOR, ALL, 'linux-arm64')).toThrow(
      'made on linux-x64, and this machine is linux-arm64',
    );
  });

  it('says where a command is that its pack has not', () => {
    expect(notInPack('build', commandsIn(GATE, ALL)).problems).toEqual([
      '"build" is not in this pack, which has: serve. Use the pack of the generator, or a checkout.',
    ]);
  });
});
