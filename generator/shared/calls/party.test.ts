import { describe, expect, it } from 'vitest';
import { partyOf } from './party.ts';

const ANN = 'ann@agents.example';
const call = { direction: 'inbound', from: '+441632960001', to: ANN, agent: ANN } as const;

describe('the outside party of a call', () => {
  it.each([
    ['is the caller of an inbound call', call, '441632960001'],
    [
      'is one, however its number is spelt',
      { ...call, from: 'sip:+44 (1632) 960-001@carrier.example' },
      '441632960001',
    ],
    [
      'is whom an outbound call is made to',
      { ...call, direction: 'outbound', from: ANN, to: 'Jo@Home.example' },
      'jo@home.example',
    ],
    ['is a pseudonym where numbers are masked', { ...call, from: '••01-0123456789' }, '••01-0123456789'],
    ['is not the agent, whatever the direction says', { ...call, from: ANN, to: '+441632960002' }, '441632960002'],
    ['is nobody who hides', { ...call, from: 'anonymous' }, undefined],
    ['is not told of a call between agents', { ...call, direction: 'internal' }, undefined],
    ['is not told where the direction is not', { ...call, direction: 'unknown' }, undefined],
  ] as const)('%s', (_, ends, party) => {
    expect(partyOf(ends)).toBe(party);
  });
});
