import { edit, type Mutant, mutant } from './mutant.ts';

/** Who hears what. */
export const PLAYBACK: Mutant[] = [
  mutant(
    'a ticket is good for everybody of the organization',
    edit('auth/ticket.ts', '[organization, user, object, until]', '[organization, object, until]'),
    'auth/ticket',
    'it is good for nobody and nothing else',
  ),
  mutant(
    'a ticket never ends',
    edit('auth/ticket.ts', "end === '' || now() >= Number.parseInt(end, 36)", "end === '' || now() < 0"),
    'auth/ticket',
    'a ticket is good for what it was made for, in each process with the same secret, until it ends',
  ),
  mutant(
    'the recording of a call whose id begins alike is heard',
    edit('content/recordings.ts', 'ENDING.test(object.key.slice(prefix.length))', 'object.key.startsWith(prefix)'),
    'answers/recording',
    'is none where the recording has gone, or is of another call whose id begins alike',
  ),
  mutant(
    'a recording is heard of any page of a call',
    [
      edit('answers/recording.ts', ' || found.file.recording === undefined) return', ') return'),
      edit('answers/recording.ts', '= found.file.recording;', "= found.file.recording ?? page.split('/')[2] ?? '';"),
    ],
    'answers/recording',
    'the answer is that of a page nobody has, and the store of recordings is asked nothing',
  ),
  mutant(
    'a tenant that masks is heard without a word about that',
    edit('generator/tenants/config.ts', '?.masking && parsed.data.playback === true', "?.name === 'nobody'"),
    'generator/settings',
    'lets recordings be heard of a tenant that masks nothing, or says that it knows what cannot be masked',
  ),
];
