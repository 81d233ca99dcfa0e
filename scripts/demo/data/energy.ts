import { billingScenarios } from './energy-billing.ts';
import { energyBlocks } from './energy-blocks.ts';
import { homeScenarios } from './energy-home.ts';
import { meteringScenarios } from './energy-metering.ts';
import { energyAgents, energyRules } from './energy-rules.ts';
import { aiConfig, json, qaConfig } from './files.ts';
import type { DemoTenant } from './model.ts';

const hours = { 8: 5, 9: 10, 10: 13, 11: 12, 12: 8, 13: 8, 14: 10, 15: 10, 16: 10, 17: 8, 18: 5, 19: 3 };

const report = {
  name: 'Harbour Energy',
  timeZone: 'Europe/London',
  locale: 'en-GB',
  weekStart: 'monday',
  agentDomains: ['agents.harbour-energy.example'],
  agents: Object.fromEntries(energyAgents.map(({ id, name, team }) => [id, { name, team }])),
  passMark: 80,
  criticalRules: ['Identity verified'],
  minimumN: 5,
  targets: { qaPassed: 0.85, averageScore: 85, rules: { 'Identity verified': 0.98, 'Offers further help': 0.75 } },
  shortestCallSeconds: 30,
  metadata: { Queue: 'queue.name', Product: 'custom.product', 'Seconds in queue': 'queue.waitSeconds' },
  brand: { name: 'Harbour Energy', logo: 'logo.svg', accent: '#0B5FA5' },
  phrases: [
    { name: 'Complaint', any: ['formal complaint', 'logging it as a complaint', 'ombudsman'] },
    { name: 'Further help offered', any: ['anything else I can', 'anything else you'] },
  ],
  views: [
    { name: 'Identity checks that failed', href: '/calls/?rule=identity+verified' },
    { name: 'Long calls of unhappy callers', href: '/calls/?sentiment=negative&seconds=600-' },
  ],
  digest: {
    enabled: true,
    time: '07:00',
    days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
    weekly: { day: 'monday', time: '08:00' },
    monthly: { time: '08:00' },
    quietDay: 'note',
    alerts: [{ criticalFailed: 3 }, { passedBelow: 0.7 }, { targetMissed: 2 }],
    recipients: [
      {
        name: 'Ruth Ashby',
        address: 'ruth.ashby@harbour-energy.example',
        scope: 'all',
        member: true,
        kinds: ['daily', 'weekly', 'monthly'],
      },
      {
        name: 'Neil Cartwright',
        address: 'neil.cartwright@harbour-energy.example',
        scope: { team: 'South' },
        member: true,
        kinds: ['daily', 'weekly'],
      },
      {
        name: 'Joan Mellor',
        address: 'joan.mellor@coaching.example',
        scope: { agent: 'owen.pritchard@agents.harbour-energy.example' },
        member: false,
      },
    ],
  },
};

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
<rect width="64" height="64" rx="14" fill="#0B5FA5"/>
<path d="M32 10l7 30H25z" fill="#fff"/>
<circle cx="32" cy="14" r="5" fill="#FFC845"/>
<path d="M8 48q6-6 12 0t12 0 12 0 12 0" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/>
</svg>
`;

/** An energy supplier in the United Kingdom: punctuated transcripts, known directions, three teams. */
export const energy: DemoTenant = {
  org: 'org_2demoHarbourEnergy0001',
  name: 'Harbour Energy',
  timeZone: 'Europe/London',
  language: 'en-GB',
  rules: energyRules,
  agents: energyAgents,
  scenarios: [...billingScenarios, ...homeScenarios, ...meteringScenarios],
  blocks: energyBlocks,
  slots: {
    street: [
      '14 Harbour Road',
      '6 Chapel Street',
      '22 Marine Parade',
      '41 Orchard Way',
      '3 Mill Lane',
      '118 Victoria Road',
    ],
    postcode: ['QX4 7LN', 'QX1 3RB', 'QX9 2TD', 'QX6 5HW', 'QX2 8PJ', 'QX7 1AS'],
    account: ['4471 0936', '2208 7715', '9034 5126', '6617 3380', '1185 9042', '7350 2264'],
    dob: [
      'the 14th of May 1981',
      'the 2nd of November 1967',
      '23rd of January 1990',
      'the 8th of August 1954',
      '30th of March 1976',
      'the 19th of June 1985',
    ],
  },
  unpunctuated: false,
  knownDirection: true,
  volume: { weekday: [20, 40], weekend: [12, 16] },
  hours,
  slump: { rule: 'next', team: 'South', inTeam: 0.4, elsewhere: 0.92 },
  // Both ranges are kept for fiction by Ofcom.
  phone: (index) =>
    index < 1000 ? `+441632960${String(index).padStart(3, '0')}` : `+447700900${String(index - 1000).padStart(3, '0')}`,
  phones: 2000,
  firstNames: [
    'Helen',
    'David',
    'Aisha',
    'Martin',
    'Sandra',
    'Kwame',
    'Joanne',
    'Peter',
    'Nasreen',
    'Gareth',
    'Linda',
    'Ewan',
    'Margaret',
    'Ravi',
    'Claire',
    'Stephen',
    'Bronwen',
    'Liam',
    'Fiona',
    'Desmond',
    'Agnieszka',
    'Colin',
    'Maureen',
    'Tariq',
    'Rebecca',
    'Alan',
  ],
  surnames: [
    'Hughes',
    'Patel',
    'Robinson',
    'Mensah',
    'Clarke',
    'MacLeod',
    'Bennett',
    'Khan',
    'Thornton',
    'Evans',
    'Kowalska',
    'Barker',
    'Osborne',
    'Ahmed',
    'Fairley',
    'Jennings',
    'Moran',
    'Prentice',
    'Sutcliffe',
    'Bailey',
    'Adeyemi',
    'Holt',
    'Marsh',
    'Dunn',
  ],
  metadata: (scenario, _agent, seconds, chance) => ({
    queue: { name: scenario.about.queue ?? null, waitSeconds: Math.round(seconds % 97) + (chance(0.2) ? 240 : 8) },
    custom: { product: scenario.about.product ?? null },
    recordingMode: 'dual',
  }),
  insights: (_scenario, { outcome, mood, nth, next, chance }) => ({
    next_steps: next.map((action) => ({
      action,
      owner: action.startsWith('Customer') ? 'Customer' : 'Harbour Energy',
    })),
    customer_satisfied: [{ good: 'Yes', fair: 'Partly', bad: 'No' }[outcome]],
    complaint: outcome === 'bad' && (mood === 'upset' || chance(0.3)),
    contacts_about_this: nth,
  }),
  files: [
    {
      name: 'qa-config.json',
      body: qaConfig(energyRules, 'Judge only what the agent says. Quote the words you rely on.'),
    },
    {
      name: 'ai-config.json',
      body: aiConfig(
        {
          summary: '',
          topic: '',
          key_phrases: [],
          next_steps: [{}],
          customer_satisfied: '',
          complaint: false,
          contacts_about_this: 1,
        },
        'Harbour Energy supplies gas and electricity to homes and insures boilers.',
      ),
    },
    { name: 'report-config.json', body: json(report) },
    { name: 'logo.svg', body: logo },
  ],
};
