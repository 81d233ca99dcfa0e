import { json } from '../data/files.ts';
import { type DemoPerson, demoPeople, demoTenants } from '../data/tenants.ts';

/** The demo's third organization: its calls were spoken by machines, and went through the pipeline. */
export const SPEECH_ORG = 'org_2demoHarbourVoices0003';
const NAME = 'Harbour Energy by telephone';
const DOMAIN = 'agents.harbour-voices.example';
export const TIME_ZONE = 'Europe/London';

export const agentAddress = (agent: string): string => `${agent}@${DOMAIN}`;

const rule = (rule_name: string, category: string, weight: number, description: string, match?: object) => ({
  ...{ rule_name, category, weight, description },
  ...(match && { match }),
});

/** Checked by what is said, without a model; the last one would need one. */
const RULES = [
  rule('Branded greeting', 'Opening', 0.5, 'Open with the name of the house and your own.', {
    any: [
      'thank you for calling harbour energy',
      'harbour energy this is',
      'this is susan from harbour energy',
      'calling from harbour energy',
    ],
    within: 'first 30 s',
  }),
  rule('Recording announced', 'Compliance', 1.5, 'Say that the call may be recorded.', {
    any: ['call may be recorded', 'call is recorded'],
    within: 'first 30 s',
  }),
  rule('Identity verified', 'Compliance', 2, 'Ask for name and address before anything about the contract is said.', {
    any: ['take your name and the first line of your address', 'first line of your address', 'date of birth'],
  }),
  rule('Confirms next step', 'Resolution', 1.5, 'Say what happens next, and by when.', {
    any: ['you will get a letter by friday', 'engineer will be with you', 'you will get a message'],
  }),
  rule('Offers further help', 'Care', 1, 'Ask whether there is anything else.', {
    any: ['is there anything else i can help you with', 'anything else'],
    within: 'last 30 s',
  }),
  rule('Stays polite', 'Care', 1, 'Never tell a caller to calm down.', {
    none: ['need to calm down', 'i can do nothing for you'],
  }),
  rule('Acknowledges the problem', 'Care', 1, 'Say the problem back to the caller before working on it.'),
];

const report = {
  name: NAME,
  timeZone: TIME_ZONE,
  locale: 'en-GB',
  weekStart: 'monday',
  agentDomains: [DOMAIN],
  agents: {
    [agentAddress('jane.hall')]: { name: 'Jane Hall', team: 'Voices' },
    [agentAddress('mark.reed')]: { name: 'Mark Reed', team: 'Voices' },
    [agentAddress('susan.field')]: { name: 'Susan Field', team: 'Voices' },
  },
  passMark: 80,
  criticalRules: ['Identity verified'],
  minimumN: 3,
  playback: true,
  brand: { name: NAME, accent: '#0B5FA5' },
};

/** @param isSpoken transcribed on the spot, and not read from the kept transcripts */
const pipeline = (isSpoken: boolean) => ({
  provider: { kind: 'folder' },
  engines: { transcribe: isSpoken ? 'pocketsphinx' : 'sidecar', sentiment: 'lexicon', evaluate: 'phrases' },
  language: 'en-US',
});

/** Its configuration files, by name. */
export const speechFiles = (isSpoken: boolean): Record<string, string> => ({
  'report-config.json': json(report),
  'qa-config.json': json({ qa_rules: RULES }),
  'pipeline-config.json': json(pipeline(isSpoken)),
});

/** People who can read it beside what they read anyway: those of the first tenant. */
export const peopleWithSpeech: readonly DemoPerson[] = demoPeople.map((person) =>
  person.orgs.includes(demoTenants[0]?.org ?? '') ? { ...person, orgs: [...person.orgs, SPEECH_ORG] } : person,
);

/** All three organizations, each with its members. */
export const tenantsWithSpeech = [...demoTenants, { org: SPEECH_ORG, name: NAME }].map(({ org, name }) => ({
  ...{ org, name },
  persons: peopleWithSpeech.filter(({ orgs }) => orgs.includes(org)),
}));
