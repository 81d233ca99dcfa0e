import { count } from '../format/format.ts';
import type { AboutTable, Phrase, TopicsPage } from '../view.ts';
import { aboutTable, fewTold } from './about.ts';
import { type Dataset, linksOf } from './dataset.ts';
import { topicSentence } from './lead-topic.ts';

/** Whether an organization has so many topics that there is something to compare, or phrases that were said. */
export const hasTopics = (dimensions: Dataset['dimensions']): boolean =>
  dimensions.some(({ id, values }) => (id === 'topic' ? values.length > 1 : id === 'phrase'));

export function topicsPage(dataset: Dataset): TopicsPage {
  const { site, window, dimensions, sums, trust, only } = dataset;
  const tables = dimensions.flatMap(({ id }) => aboutTable(dataset, id) ?? []);
  return {
    kind: 'topics',
    path: '/topics/',
    title: 'Topics',
    site,
    window,
    only,
    lead: leadOf(dataset, tables),
    calls: sums.all(window).counts.calls,
    tables,
    trust,
  };
}

/** "The most frequent topic is High bill: 120 of the 400 calls that have a topic." */
function leadOf(dataset: Dataset, tables: readonly AboutTable[]): Phrase {
  const { site, window } = dataset;
  const table = tables.find(({ id }) => id === 'topic');
  const most = table?.lines[0];
  if (!window || !table || most?.value === undefined) return [];
  const own = { from: window.from, to: window.to };
  const few = fewTold(table);
  if (few)
    return [
      `Topics differ from call to call: the ${count(few.values, site.locale)} most frequent are those of `,
      { text: count(few.calls, site.locale), strong: true },
      ` of the ${count(table.calls, site.locale)} calls that have a topic.`,
      ...topicSentence(dataset, own, window.before),
    ];
  return [
    'The most frequent topic is ',
    { text: most.value, strong: true },
    ': ',
    { text: count(most.calls, site.locale), strong: true, href: linksOf(dataset)({ ...own, topic: [most.value] }) },
    ` of the ${count(table.calls, site.locale)} calls that have a topic.`,
    ...topicSentence(dataset, own, window.before),
  ];
}
