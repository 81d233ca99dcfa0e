import { describe, expect, test } from 'vitest';
import type { Cube } from '#shared/counts/cube.ts';
import { tenantConfig } from '../tenants/config.ts';
import { agentDomainOf, configuredAgent } from './agent-names.ts';

/** The names under which agents with these ids are shown. */
function namesOf(ids: string[], agents: { [id: string]: { name: string } } = {}): string[] {
  const config = tenantConfig({ agents }, undefined, false);
  const cube = { agents: Object.fromEntries(ids.map((id) => [id, {}])) } as unknown as Cube;
  const agentDomain = agentDomainOf(config, [cube]);
  return ids.map((id) => configuredAgent({ config, agentDomain }, id).name);
}

describe('agents without a configured name', () => {
  test('are called by the first part of their address, where all have the same domain', () => {
    expect(namesOf(['jannie@help.example', 'sim@help.example', '', '0412'])).toEqual([
      'jannie',
      'sim',
      'Unknown agent',
      '0412',
    ]);
  });

  test('keep the domain where it tells one from another', () => {
    const ids = ['jannie@help.example', 'jannie@north.example'];
    expect(namesOf(ids)).toEqual(ids);
    const below = ['jannie@help.example', 'sim@north.help.example'];
    expect(namesOf(below)).toEqual(below);
  });

  test('keep the domain where somebody else is called so', () => {
    expect(namesOf(['jannie@help.example', 'Jannie'])).toEqual(['jannie@help.example', 'Jannie']);
    const named = { 'a@help.example': { name: 'Jannie' } };
    expect(namesOf(['jannie@help.example', 'a@help.example'], named)).toEqual(['jannie@help.example', 'Jannie']);
  });

  test('do not change those that have one, and these decide nothing', () => {
    const named = { 'jannie@help.example': { name: 'jannie' } };
    expect(namesOf(['jannie@help.example', 'sim@help.example'], named)).toEqual(['jannie', 'sim']);
  });
});
