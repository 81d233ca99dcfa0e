import type { Agent, RuleSpec } from './model.ts';

export const energyRules: readonly RuleSpec[] = [
  {
    key: 'greeting',
    name: 'Branded greeting',
    category: 'Opening',
    weight: 0.5,
    description: 'Open with the company name and your own first name.',
    notes: [
      'Open with "Harbour Energy" and your name, so that the caller knows who they have reached.',
      'The greeting left out the company name. Use the full opening line on every call.',
    ],
    base: 0.95,
  },
  {
    key: 'identity',
    name: 'Identity verified',
    category: 'Compliance',
    weight: 2,
    description: 'Check name, address and date of birth or password before any account detail is given.',
    notes: [
      'Account details were discussed before name, address and date of birth had been checked.',
      'Name, address and date of birth come first, also when the caller is in a hurry.',
    ],
    base: 0.955,
  },
  {
    key: 'acknowledge',
    name: 'Acknowledges the problem',
    category: 'Care',
    weight: 1,
    description: 'Say the problem back to the caller before working on it.',
    notes: [
      'Name what has happened to the caller before you turn to the system.',
      'The caller said what this meant for them and it was passed over. One sentence is enough.',
    ],
    base: 0.86,
  },
  {
    key: 'asks',
    name: 'Asks before advising',
    category: 'Resolution',
    weight: 1,
    description: 'Ask at least one open question before offering an answer.',
    notes: [
      'The answer came before any question. Ask what the caller has seen or tried first.',
      'Start with an open question, so that the advice fits this household.',
    ],
    base: 0.9,
  },
  {
    key: 'explains',
    name: 'Explains the reason',
    category: 'Resolution',
    weight: 1,
    description: 'Give the reason in plain words, without internal terms.',
    notes: [
      'Before saying what you will do, say in one sentence how it came about.',
      'The caller was told what, not why. Give the cause in one plain sentence.',
    ],
    base: 0.88,
  },
  {
    key: 'next',
    name: 'Confirms next step',
    category: 'Resolution',
    weight: 1.5,
    description: 'Say what happens next, who does it and by when.',
    notes: [
      'Say who does what by which day before the call ends.',
      'The caller hung up without a date. Close with the next step and when it will happen.',
      'Without a day the caller will ring again. Give one, and say how they will hear from us.',
    ],
    base: 0.88,
  },
  {
    key: 'help',
    name: 'Offers further help',
    category: 'Care',
    weight: 1,
    description: 'Ask whether there is anything else before closing.',
    notes: [
      'Ask whether there is anything else before you close.',
      'The call was closed without asking what else was needed.',
    ],
    base: 0.84,
  },
];

const id = (name: string): string => `${name.toLowerCase().replace(' ', '.')}@agents.harbour-energy.example`;
const day = [8, 18] as const;
const late = [11, 20] as const;

const agent = (name: string, team: string, rest: Omit<Agent, 'id' | 'name' | 'team'>): Agent => ({
  id: id(name),
  name,
  team,
  ...rest,
});

export const energyAgents: readonly Agent[] = [
  agent('Amara Okoye', 'North', { share: 1.1, skill: 2.2, warmth: 0.7, pace: 2.5, shift: day }),
  agent('Daniel Fletcher', 'North', { share: 1.2, skill: 0.2, warmth: 0.1, pace: 2.7, shift: day }),
  agent('Priya Raman', 'North', { share: 1, skill: 0.7, warmth: 0.4, pace: 2.6, shift: day }),
  agent('Callum Reid', 'North', { share: 0.9, skill: -0.3, warmth: -0.2, pace: 3, shift: late }),
  agent('Grace Whitfield', 'South', { share: 1.1, skill: 0.5, warmth: 0.5, pace: 2.3, shift: day }),
  agent('Tomasz Nowak', 'South', { share: 1, skill: 0, warmth: 0, pace: 2.6, shift: day }),
  agent('Leah Morgan', 'South', { share: 1.1, skill: 0.1, warmth: 0.2, pace: 2.7, shift: late }),
  agent('Owen Pritchard', 'South', { share: 1, skill: 0.3, warmth: 0, pace: 2.4, shift: day, rules: { help: 0.3 } }),
  agent('Hannah Doyle', 'Evenings', { share: 0.9, skill: 0.4, warmth: 0.3, pace: 2.5, shift: [12, 20] }),
  agent('Yusuf Demir', 'Evenings', {
    share: 1,
    skill: 0.2,
    warmth: 0.2,
    pace: 2.6,
    shift: [12, 20],
    rules: { greeting: 0.72 },
  }),
  agent('Sophie Lang', 'Evenings', {
    share: 0.8,
    skill: -0.6,
    warmth: -0.4,
    pace: 2.9,
    shift: [10, 20],
    rules: { identity: 0.86 },
  }),
  agent('Marcus Bell', 'Evenings', {
    share: 0,
    skill: -0.8,
    warmth: 0.1,
    pace: 2.2,
    shift: [9, 20],
    startedDaysAgo: 4,
  }),
];
