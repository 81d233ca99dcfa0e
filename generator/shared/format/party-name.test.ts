import { expect, it } from 'vitest';
import { endName, otherEnd, partyName } from './party-name.ts';

it('shows of a pseudonym only the digits that are left, and says that it is one', () => {
  expect(partyName('••12-5f1d05a677')).toBe('••12 (masked)');
  expect(endName('••12-5f1d05a677')).toBe('••12 (masked)');
});

it('shows a number with its plus where the id has lost it, and an end of a call as written', () => {
  expect(partyName('442071234567')).toBe('+442071234567');
  expect(partyName('ann@agents.example')).toBe('ann@agents.example');
  expect(endName('0207 123 4567')).toBe('0207 123 4567');
});

it('takes the end that is not the agent’s, or the one that is known', () => {
  expect(otherEnd({ direction: 'outbound', from: 'ann', to: '+1' })).toBe('+1');
  expect(otherEnd({ direction: 'inbound', from: '+1', to: 'ann' })).toBe('+1');
  expect(otherEnd({ direction: 'outbound', from: '+1' })).toBe('+1');
});
