import { build, CONFIG, memoryWorld, published, putCall } from '../../generator/fixtures/world.ts';
import { addDays } from '../../generator/shared/calendar/days.ts';
import { isWord, wordsOf } from '../../generator/shared/search/terms.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import { readIndex, saidOn } from '../../generator/testing/search-index.ts';
import { random } from '../demo/data/random.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

const ORG = 'org_1';
const FIRST_DAY = '2026-01-30';
const DAYS = 46;
/** So many of a world's calls are looked at one by one; reading a page of each would take most of the time. */
const ONE_IN = 23;

const LANGUAGES = {
  en: 'I cancelled cancelling your parcel parcels delivery refund refunds account don’t won’t happy happiness tried 4711',
  de: 'Ich möchte die Kündigung Kündigungen Straße Häuser Haus Paket Pakete zurück Rückruf größer 4711',
  fr: 'l’abonnement abonnements où est déjà annulé annuler facture factures c’est français 4711',
  ja: '東京都 大阪 荷物 届き ます ガス かす 電話 番号 ｶﾀｶﾅ 4711',
};

type Language = keyof typeof LANGUAGES;

/** Says something of its own, the number of its party, and words that many say. */
function callOf(i: number, version: number, language: Language) {
  const draw = random(`${language} ${i} ${version}`);
  const words = LANGUAGES[language].split(' ');
  const turn = () => Array.from({ length: 1 + draw.int(0, 12) }, () => words[draw.int(0, words.length - 1)]).join(' ');
  const day = addDays(FIRST_DAY, (i + (version > 0 ? draw.int(0, 2) : 0)) % DAYS);
  return {
    id: `c${i}`,
    call: { start_timestamp: i % 97 === 5 ? null : `${day}T1${i % 10}:00:00Z`, end_timestamp: null },
    qa: [],
    enriched: {
      transcript: [turn(), `own${i}x${version} +441632960001 ${turn()}`].map((text, n) => ({
        speaker: n === 0 ? 'agent' : 'customer',
        text,
      })),
    },
  };
}

export const check: Check = {
  does: 'sites of CCI_SEARCHED calls (9,000) in four languages, masked and not: what a search looks in is what pages show, and after calls have come, changed, moved and gone it is, to the byte, what is made from nothing',
  async run({ say }) {
    const calls = sizeOf('CCI_SEARCHED', 9000);
    for (const [i, language] of (Object.keys(LANGUAGES) as Language[]).entries())
      for (const masking of [false, true]) await checkSite(i % 2 === 0 ? calls : 2300, language, masking, say);
  },
};

async function checkSite(calls: number, language: Language, masking: boolean, say: (line: string) => void) {
  const world = memoryWorld({ maskingKey: 'k'.repeat(32) });
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, language, masking }));
  for (let i = 0; i < calls; i++) await putCall(world.results, ORG, callOf(i, 0, language));
  await build(world, ORG);
  const looked = await compare(world.reports);
  for (let i = 7; i < calls; i += 101) await putCall(world.results, ORG, callOf(i, 1, language));
  for (let i = 11; i < calls; i += 301)
    for (const key of [`enriched/c${i}.json`, `final/v2.0-flat/calls/c${i}.jsonl`, `final/v2.0-flat/qa/c${i}.jsonl`])
      await world.results.remove(`${ORG}/${key}`);
  for (let i = calls; i < calls + 20; i++) await putCall(world.results, ORG, callOf(i, 0, language));
  await build(world, ORG);
  const again = await compare(world.reports);
  const fresh = { ...world, reports: memoryStore() };
  await build(fresh, ORG);
  const [made, anew] = [await published(world.reports, ORG), await published(fresh.reports, ORG)];
  must(made.size === anew.size, `${made.size} files, and ${anew.size} from nothing`);
  for (const [path, hash] of anew) must(made.get(path) === hash, `${path} is another file from nothing`);
  const { segments, pieces } = again;
  say(
    `${language}, masking ${masking}: ${looked.calls} and ${again.calls} calls in ${segments} segments, ${pieces} pieces`,
  );
}

/** @throws where a call's terms are not the words that its page shows */
async function compare(reports: ReturnType<typeof memoryStore>) {
  const { root, calls } = await readIndex(reports, ORG);
  const paths = [...(await published(reports, ORG)).keys()];
  const pages = paths.filter((path) => /^.calls.[^/]+\/$/.test(path));
  must(new Set(calls.map(({ path }) => path)).size === pages.length && calls.length === pages.length, 'other calls');
  for (const [i, { path, terms }] of calls.entries()) {
    if (i % ONE_IN !== 0) continue;
    const said = [...new Set((await saidOn(reports, ORG, path)).flatMap(wordsOf))].sort();
    const found = [...terms].filter(isWord).sort();
    must(said.join(' ') === found.join(' '), `${path} says “${said.join(' ')}” and is found by “${found.join(' ')}”`);
  }
  const pieces = paths.filter((path) => /^.search.[^/]+\/p\d+$/.test(path)).length;
  return { calls: calls.length, segments: root.segments.length, pieces };
}
