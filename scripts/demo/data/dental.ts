import { dentalBlocks } from './dental-blocks.ts';
import { otherScenarios } from './dental-other.ts';
import { dentalAgents, dentalRules } from './dental-rules.ts';
import { visitScenarios } from './dental-visits.ts';
import { aiConfig, json, qaConfig } from './files.ts';
import type { DemoTenant } from './model.ts';

const areas = ['212', '646', '718', '347', '917', '929', '516', '914', '631', '845', '201', '973', '551', '203'];

const report = {
  name: 'Brightsmile Dental Group',
  timeZone: 'America/New_York',
  locale: 'en-US',
  weekStart: 'sunday',
  agentDomains: ['desk.brightsmile.example'],
  agents: Object.fromEntries(dentalAgents.map(({ id, name, team }) => [id, { name, team }])),
  passMark: 75,
  criticalRules: ['Confirms patient details'],
  targets: { qaPassed: 0.8 },
  metadata: { Office: 'site', Visit: 'crm.visitType', 'New patient': 'crm.newPatient' },
  brand: { name: 'Brightsmile', accent: '#9C1458' },
  digest: {
    enabled: true,
    time: '06:30',
    days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
    quietDay: 'skip',
    recipients: [
      {
        name: 'Carla Whitman',
        address: 'carla.whitman@brightsmile.example',
        scope: 'all',
        member: true,
        kinds: ['daily', 'weekly'],
      },
    ],
  },
};

/** Dental practices in the United States: transcripts without punctuation, directions unknown upstream. */
export const dental: DemoTenant = {
  org: 'org_2demoBrightsmile0002',
  name: 'Brightsmile Dental Group',
  timeZone: 'America/New_York',
  language: 'en-US',
  rules: dentalRules,
  agents: dentalAgents,
  scenarios: [...visitScenarios, ...otherScenarios],
  blocks: dentalBlocks,
  slots: {
    street: ['Elm Street', 'Prospect Avenue', 'Third Street'],
    member: ['eight eight two four zero one', 'five five one nine three six', 'seven zero four two two eight'],
    dob: [
      'march fourth nineteen eighty eight',
      'october twenty first nineteen seventy',
      'june second nineteen ninety five',
      'december ninth nineteen sixty two',
      'may seventeenth two thousand one',
    ],
    doctor: ['Levin', 'Okafor', 'Alvarez'],
    timeA: ['nine fifteen', 'ten thirty', 'eleven', 'eight forty five'],
    timeB: ['two thirty', 'three forty five', 'four ten', 'one fifteen'],
  },
  unpunctuated: true,
  knownDirection: false,
  volume: { weekday: [15, 25], weekend: [12, 15] },
  hours: { 8: 9, 9: 13, 10: 12, 11: 11, 12: 9, 13: 10, 14: 11, 15: 10, 16: 9, 17: 6 },
  slump: { rule: 'options', team: 'Park Slope', inTeam: 0.6, elsewhere: 1 },
  // 555-0100 to 555-0199 are kept for fiction in every area.
  phone: (index) => `+1${areas[Math.floor(index / 100)]}55501${String(index % 100).padStart(2, '0')}`,
  phones: areas.length * 100,
  firstNames: [
    'Jessica',
    'Anthony',
    'Maria',
    'Kevin',
    'Latoya',
    'Brian',
    'Olivia',
    'Samir',
    'Nicole',
    'Marcus',
    'Rachel',
    'Victor',
    'Grace',
    'Dominic',
    'Yolanda',
    'Ethan',
    'Priscilla',
    'Andre',
    'Hannah',
    'Wei',
    'Carmen',
    'Patrick',
    'Imani',
    'Joshua',
  ],
  surnames: [
    'Rivera',
    'Johnson',
    'Goldberg',
    'Nguyen',
    'Baptiste',
    'Murphy',
    'Rossi',
    'Washington',
    'Kim',
    'Delgado',
    'Hoffman',
    'Singh',
    'Carter',
    'Petrov',
    'Sanchez',
    'Brooks',
    'Chen',
    'Fitzgerald',
    'Banks',
    'Moreno',
  ],
  metadata: (scenario, agent, seconds, chance) => ({
    site: agent.team,
    trunk: { label: seconds % 2 ? 'main line' : 'web line' },
    crm: { visitType: scenario.about.visit ?? null, newPatient: scenario.topic.startsWith('New') || chance(0.1) },
  }),
  insights: (scenario, { outcome, mood, next, chance }) => ({
    next_steps: [...next],
    appointment_booked: scenario.about.visit !== undefined && outcome !== 'bad',
    urgency: Number(scenario.about.urgency ?? 1) - (mood === 'calm' && chance(0.5) ? 1 : 0),
    caller_type: [
      scenario.direction === 'internal' ? 'colleague' : scenario.topic.startsWith('Child') ? 'parent' : 'patient',
    ],
  }),
  files: [
    { name: 'qa-config.json', body: qaConfig(dentalRules, 'The transcript has no punctuation. Quote it as it is.') },
    {
      name: 'ai-config.json',
      body: aiConfig(
        {
          summary: '',
          topic: '',
          key_phrases: [],
          next_steps: [],
          appointment_booked: false,
          urgency: 1,
          caller_type: '',
        },
        'Brightsmile runs three dental offices in and around New York.',
      ),
    },
    { name: 'report-config.json', body: json(report) },
  ],
};
