import { valuesOf } from '../calls/dimensions.ts';
import type { Dimension, DimensionId } from '../filter/dimension-id.ts';
import type { Call } from '../model.ts';
import { once } from '../once.ts';
import { type ByValue, countValue, type JudgedCall, keysOf, noValueCounts } from './about.ts';
import type { Sums } from './sums.ts';

/** A call as a row of columns has it. */
interface AboutCall extends JudgedCall {
  day: string | null;
  topic?: string;
  phrases?: readonly string[];
  metadata?: Call['metadata'];
  insights?: { readonly [id: string]: string };
}

/**
 * What some calls are about, in any span of days. Days count it over all agents together: of some agents it is counted from their calls. A row has no insight
 * that is a long text or a list, so such a call has none here, where a day counts it among the other values.
 */
export function aboutCalls(calls: readonly AboutCall[], dimensions: readonly Dimension[]): Sums['about'] {
  const listed = new Map<string, Set<string>>(dimensions.map(({ id, values }) => [id, new Set(values)]));
  const known = calls.map((call) => ({ call, values: valuesIn(call) }));
  const about = once((from: string, to: string, id: string) => {
    const sums: ByValue = new Map();
    for (const { call, values } of known) {
      if (call.day === null || call.day < from || call.day > to) continue;
      for (const key of keysOf({ own: values, phrases: call.phrases }, id as DimensionId, listed.get(id))) {
        const counts = sums.get(key) ?? noValueCounts();
        sums.set(key, counts);
        countValue(counts, call);
      }
    }
    return sums;
  });
  return (span, id) => (span ? about(span.from, span.to, id) : new Map());
}

function valuesIn({ topic, metadata = [], insights = {} }: AboutCall): ReturnType<typeof valuesOf> {
  const values = valuesOf({ insights: topic === undefined ? [] : [{ key: 'topic', value: topic }], metadata });
  for (const [id, value] of Object.entries(insights)) values.set(id as DimensionId, value);
  return values;
}
