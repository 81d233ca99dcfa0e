import { labelOf, linesOf } from '#shared/format/insight.ts';
import type { Insight } from '#shared/model.ts';
import { html } from '../components/ui/html.ts';

/** What the model found, by the keys of the configuration. @returns markup of terms and their descriptions */
export const insightPairs = (insights: readonly Insight[]): string =>
  insights.map(({ key, value }) => pair(labelOf(key), linesOf(value))).join('');

/** What was recorded with the call. @returns as above */
export const metadataPairs = (metadata: readonly { label: string; value: string }[]): string =>
  metadata
    .map(({ label, value }) => pair(label, linesOf(value === 'true' || value === 'false' ? value === 'true' : value)))
    .join('');

function pair(label: string, lines: readonly string[]): string {
  const [only = html`<span class="quiet">nothing said</span>`] = lines;
  const said = lines.length > 1 ? html`<ul> ${lines.map((line) => html`<li>${line}</li>`)} </ul>` : only;
  return html` <dt>${label}</dt> <dd> ${said} </dd> `.text;
}
