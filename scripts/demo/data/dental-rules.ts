import type { Agent, RuleSpec } from './model.ts';

export const dentalRules: readonly RuleSpec[] = [
  {
    key: 'welcome',
    name: 'Warm welcome',
    category: 'First impression',
    weight: 0.5,
    description: 'Greet with the practice name, your name and an offer to help.',
    notes: [
      'Say the practice name and yours before you ask for anything.',
      'A new patient hears this line first. Smile, name, offer to help.',
    ],
    base: 0.93,
  },
  {
    key: 'details',
    name: 'Confirms patient details',
    category: 'Patient safety',
    weight: 1.5,
    description: 'Confirm full name and date of birth before opening a chart.',
    notes: [
      'Two identifiers, every call, before the chart is open.',
      'Ask for name and date of birth before you talk about an appointment or a balance.',
    ],
    base: 0.94,
  },
  {
    key: 'urgency',
    name: 'Asks about pain or urgency',
    category: 'Patient safety',
    weight: 1.5,
    description: 'Ask about pain, swelling or fever before offering a time.',
    notes: [
      'Ask about pain, swelling and fever before you look at the book.',
      'A routine question about pain would have shown how soon this visit is needed.',
    ],
    base: 0.84,
  },
  {
    key: 'options',
    name: 'Offers two appointment times',
    category: 'Scheduling',
    weight: 1,
    description: 'Offer a choice of two times instead of asking when suits.',
    notes: ['Offer two times, one in the morning and one in the afternoon.', 'Give the patient a choice of two times.'],
    base: 0.82,
  },
  {
    key: 'cost',
    name: 'Explains cost or coverage',
    category: 'Money talk',
    weight: 1,
    description: 'Say what the visit is likely to cost the patient and why.',
    notes: [
      'Give a figure or a range before the patient has to ask.',
      'The patient still does not know what this will cost. Say the figure, or by when you will have it.',
    ],
    base: 0.76,
  },
  {
    key: 'readback',
    name: 'Repeats the appointment back',
    category: 'Scheduling',
    weight: 1.5,
    description: 'Repeat day, time, office and dentist before hanging up.',
    notes: [
      'Repeat the day, the time and the office back. Most missed visits start here.',
      'Close with the day and the time, every time.',
    ],
    base: 0.87,
  },
];

const agent = (name: string, team: string, rest: Omit<Agent, 'id' | 'name' | 'team' | 'shift'>): Agent => ({
  id: `${name.split(' ')[0]?.toLowerCase()}@desk.brightsmile.example`,
  name,
  team,
  shift: [8, 18],
  ...rest,
});

export const dentalAgents: readonly Agent[] = [
  agent('Renee Castillo', 'Midtown', { share: 1.3, skill: 1.6, warmth: 0.7, pace: 2.6 }),
  agent('Brandon Lewis', 'Midtown', { share: 1.2, skill: -0.2, warmth: -0.1, pace: 3.1 }),
  agent('Mei Tanaka', 'Midtown', { share: 1, skill: 0.6, warmth: 0.2, pace: 2.5 }),
  agent('Shanice Grant', 'Midtown', { share: 1, skill: 0.2, warmth: 0.4, pace: 2.7, rules: { readback: 0.55 } }),
  agent('Luis Ortega', 'Park Slope', { share: 1.1, skill: 0.4, warmth: 0.5, pace: 2.6 }),
  agent('Kayla Novak', 'Park Slope', { share: 1, skill: 0, warmth: 0, pace: 2.9 }),
  agent('Deborah Stein', 'Park Slope', { share: 0.9, skill: 0.8, warmth: -0.3, pace: 2.3, rules: { welcome: 0.68 } }),
  agent('Hector Ramos', 'Hoboken', { share: 1, skill: -0.1, warmth: 0.2, pace: 2.7, rules: { cost: 0.4 } }),
  agent('Tiffany Cole', 'Hoboken', { share: 1.1, skill: -0.5, warmth: -0.4, pace: 3, rules: { cost: 0.5 } }),
  agent('Arjun Mehta', 'Hoboken', { share: 0.8, skill: 0.5, warmth: 0.3, pace: 2.6, rules: { cost: 0.6 } }),
];
