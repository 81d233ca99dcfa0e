import { countDifference } from '#shared/format/change.ts';
import { count, sentiment, share } from '#shared/format/format.ts';
import { failedOf, qaChecks, ratio } from '#shared/format/rate.ts';
import type { AgentLine, OverviewPage } from '#shared/view.ts';
import ChangeWords from '../ui/ChangeWords.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import AgentTop from './AgentTop.tsx';

/** Agents by volume, by positive sentiment, and by QA failures. */
export default function TopAgents({ view }: { view: OverviewPage }) {
  const { site, before, window, mostCalls, mostPositive, mostFailures, agentCount } = view;
  const { locale, minimumN } = site;
  const own = ({ agent }: AgentLine) => ({ from: window?.from, to: window?.to, agent: [agent.id ?? ''] });
  return (
    <div className="row">
      {mostCalls.length > 0 && (
        <AgentTop
          title="Most calls"
          note={`of ${count(agentCount, locale)} ${agentCount === 1 ? 'agent' : 'agents'}`}
          lines={mostCalls}
          heads={before.calls > 0 ? ['Calls', window?.perDay ? 'Change per day' : 'Change'] : ['Calls']}
          cells={(line) => [
            <FigureLink figure="calls" to={own(line)} key="calls">
              {count(line.totals.calls, locale)}
            </FigureLink>,
            ...(before.calls > 0
              ? [
                  <ChangeWords
                    change={countDifference(line.totals.calls, line.before.calls, locale, window)}
                    short
                    key="change"
                  />,
                ]
              : []),
          ]}
        />
      )}
      {mostPositive.length > 0 && (
        <AgentTop
          title="Most positive"
          note={`share of analysed calls, from n = ${minimumN}`}
          lines={mostPositive}
          heads={['Positive', 'Average', 'n']}
          cells={(line) => {
            const { positive, sentimentAnalysed, averageSentiment } = line.totals;
            const analysed = { ...own(line), with: ['sentiment' as const] };
            return [
              <FigureLink figure="positive share" to={analysed} key="positive">
                {share(ratio(positive, sentimentAnalysed) ?? 0, locale, 0)}
              </FigureLink>,
              averageSentiment !== undefined && (
                <FigureLink figure="average sentiment" to={analysed} key="average">
                  {sentiment(averageSentiment, locale)}
                </FigureLink>
              ),
              <span className="quiet" key="n">
                <FigureLink figure="n" to={analysed}>
                  {count(sentimentAnalysed ?? 0, locale)}
                </FigureLink>
              </span>,
            ];
          }}
        />
      )}
      {mostFailures.length > 0 && (
        <AgentTop
          title="Most QA failures"
          note={`calls under ${site.passMark} points, from n = ${minimumN}`}
          lines={mostFailures}
          heads={['Failed', 'Passed', 'n']}
          cells={(line) => {
            const { qaEvaluated = 0, qaPassRate } = line.totals;
            const failed = failedOf(qaChecks(line.totals));
            const evaluated = { ...own(line), qa: ['passed' as const, 'failed' as const] };
            return [
              <FigureLink figure="failed" to={{ ...own(line), qa: ['failed'] }} open={failed > 0} key="failed">
                {count(failed, locale)}
              </FigureLink>,
              qaPassRate !== undefined && (
                <FigureLink figure="QA passed, rounded" to={evaluated} key="passed">
                  {share(qaPassRate, locale, 0)}
                </FigureLink>
              ),
              <span className="quiet" key="n">
                <FigureLink figure="evaluated" to={evaluated}>
                  {count(qaEvaluated, locale)}
                </FigureLink>
              </span>,
            ];
          }}
        />
      )}
    </div>
  );
}
