import { describe, expect, it } from 'vitest';
import { isWord, wordsOf } from '#shared/search/terms.ts';
import { type CallSpec, CONFIG, rule } from './fixtures/objects.ts';
import { build, published, putCall, tenant } from './fixtures/world.ts';
import { type IndexedCall, readIndex, saidOn } from './testing/search-index.ts';

const ORG = 'org_1';

const saying = (id: string, day: string, texts: string[], call: CallSpec['call'] = {}): CallSpec => ({
  id,
  call: { start_timestamp: `${day}T10:00:00Z`, ...call },
  enriched: { transcript: texts.map((text, i) => ({ speaker: i % 2 ? 'customer' : 'agent', text })) },
});

const CALLS = [
  saying('en', '2026-03-30', ["I haven't had my parcel 4711-B, constructor __proto__", '<script>alert(1)</script>']),
  saying('de', '2026-03-31', ['Die Kündigung kam nie an, rufen Sie +44 1632 960001 zurück', 'x'.repeat(10_000)]),
  saying('fr', '2026-04-01', ["Où est l'abonnement ? C'est cassé"], { topic: ['Late  parcel'] }),
  saying('th', '2026-04-01', ['ลูกค้าโทรมา 東京都', 'שלום 😀 \ud800'], { start_timestamp: null }),
  { id: 'silent', enriched: null, qa: [rule('Says goodbye', { pass: false })] },
];

const wordsIn = ({ terms }: IndexedCall) => [...terms].filter(isWord).sort();

describe('what a search looks in', () => {
  it.each([false, true])('is of each call the words that its page shows, masking: %s', async (masking) => {
    const world = await tenant(CALLS, { ...CONFIG, masking });
    await build({ ...world, maskingKey: 'k'.repeat(32) }, ORG);
    const { root, calls } = await readIndex(world.reports, ORG);
    expect(root.segments.map(({ name, days }) => [name, days])).toEqual([
      [
        'all',
        [
          ['2026-04-01', 1],
          ['2026-03-31', 1],
          ['2026-03-30', 2],
          [null, 1],
        ],
      ],
    ]);
    const paths = [...(await published(world.reports, ORG)).keys()].filter((path) => /^.calls.[^/]+\/$/.test(path));
    expect(calls.map(({ path }) => path).sort()).toEqual(paths);
    for (const call of calls) {
      const said = (await saidOn(world.reports, ORG, call.path)).flatMap(wordsOf);
      expect(wordsIn(call), call.path).toEqual([...new Set(said)].sort());
    }
    const found = (word: string) => calls.filter(({ terms }) => terms.has(word)).map(({ day }) => day);
    expect(found('abonnement')).toEqual(['2026-04-01']);
    expect(found('kundigung')).toEqual(['2026-03-31']);
    expect(found('960001')).toEqual(masking ? [] : ['2026-03-31']);
    expect(found('東京')).toEqual([null]);
  });

  it('has what calls are filtered by', async () => {
    const world = await tenant(CALLS);
    await build(world, ORG);
    const { calls } = await readIndex(world.reports, ORG);
    const filters = (id: string) =>
      [...(calls.find(({ path }) => path === `/calls/${id}/`)?.terms ?? [])].filter((term) => !isWord(term)).sort();
    const agent = '!agent:ann@agents.example';
    expect(filters('fr')).toEqual([
      ...[agent, '!passed:identity verified', '!passed:offers further help', '!qa:passed'],
      ...['!topic:Late parcel', '!transcript:present'],
    ]);
    expect(filters('silent')).toEqual([agent, '!failed:says goodbye', '!qa:passed', '!transcript:absent']);
  });

  it('follows the input: a word goes with the last call that had it', async () => {
    const world = await tenant(CALLS);
    await build(world, ORG);
    await putCall(world.results, ORG, saying('en', '2026-03-29', ['something else']));
    for (const key of ['enriched/fr.json', 'final/v2.0-flat/calls/fr.jsonl', 'final/v2.0-flat/qa/fr.jsonl'])
      await world.results.remove(`${ORG}/${key}`);
    await build(world, ORG);
    const { calls } = await readIndex(world.reports, ORG);
    const all = new Set(calls.flatMap(wordsIn));
    expect(['abonnement', '4711'].filter((word) => all.has(word))).toEqual([]);
    expect(wordsIn(calls.find(({ path }) => path === '/calls/en/') as IndexedCall)).toEqual(['else', 'something']);
  });

  it('says the stem of a word in the language of the tenant', async () => {
    const stemsIn = async (language?: string) => {
      const world = await tenant(CALLS, { ...CONFIG, ...(language && { language }) });
      await build(world, ORG);
      return readIndex(world.reports, ORG);
    };
    const [english, german] = [await stemsIn(), await stemsIn('de')];
    expect([english.root.language, german.root.language]).toEqual(['en', 'de']);
    expect([english, german].map(({ stems }) => stems.get('kundigung'))).toEqual(['kundigung', 'kundig']);
  });
});
