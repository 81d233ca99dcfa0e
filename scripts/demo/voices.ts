// Speaks the calls of the demo's third tenant and writes down what a recognizer heard, as the sidecars that the demo reads. Needs Debian's packages:
//     apt-get install flite pocketsphinx pocketsphinx-en-us ffmpeg && node scripts/demo/voices.ts [CALL ...]
// The transcripts are kept with the sources, as these programs are not on every machine; run it again when the words have changed.
import { writeFileSync } from 'node:fs';
import { printError } from '../../generator/lib/console.ts';
import { problemsOf, UserError } from '../../generator/lib/errors.ts';
import { channelsOf, SPOKEN } from './speech/script.ts';
import { sidecarOf, transcribeHere } from './speech/sidecars.ts';
import { requireSpeech, speakCall } from './speech/speak.ts';

try {
  requireSpeech();
  const wanted = process.argv.slice(2);
  for (const call of SPOKEN.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const { text, seconds, turns } = await transcribeHere(speakCall(call), channelsOf(call));
    writeFileSync(sidecarOf(call.name), text);
    console.log(`${call.name}: ${seconds} s, ${turns} turns`);
  }
} catch (error) {
  for (const problem of problemsOf(error)) printError(problem);
  process.exit(error instanceof UserError ? 2 : 1);
}
