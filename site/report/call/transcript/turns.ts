import { duration } from '#shared/format/format.ts';
import { html } from '../../components/ui/html.ts';
import { type QuotedRule, shapeOf, type Turn, VERDICTS, verdictOf } from './transcript.ts';

/**
 * The turns of a call, from "#t-1" on, each with what is quoted in it.
 * @param heard they can be heard: each has its times for that
 * @returns markup
 */
export const turnsMarkup = (turns: readonly Turn[], heard: boolean): string =>
  turns.map((turn, i) => row(turn, i + 1, heard).text).join('');

function row({ start, end, who, other, parts, rules }: Turn, number: number, heard: boolean) {
  const clock = start === undefined ? '' : duration(Math.floor(start));
  return html`<div id="t-${number}" class="${other ? 'turn other' : 'turn'}"${heard && start !== undefined && html` data-time="${start} ${end ?? start}"`}>
    <a class="at" href="#t-${number}" aria-label="Turn ${number}${clock && `, ${clock}`}">
      ${clock || number}
    </a>
    <span class="who">${who}</span>
    <p class="said">
      ${parts.map(({ text, mark }) => (mark ? html`<mark class="${mark}">${text}</mark>` : text))}
    </p>
    ${rules.length > 0 && html`<ul class="margin"> ${rules.map((rule) => ruleOf(rule, number))} </ul>`}
  </div>`;
}

/** A rule beside the turn that it quotes; its place on the page where that is its first. */
const ruleOf = (rule: QuotedRule, number: number) => html`<li${rule.turn === number && html` id="${rule.anchor}"`}>
  <svg class="shape shape-${shapeOf(rule)}" width="14" height="14" aria-hidden="true">
    <use href="#s-${shapeOf(rule)}"></use>
  </svg>
  <span class="visually-hidden">${VERDICTS[verdictOf(rule)]}:</span> ${rule.name}
</li>`;
