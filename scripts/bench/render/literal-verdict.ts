import { counted, duration, score, sentiment } from '#shared/format/format.ts';
import { SENTIMENTS } from '#shared/format/labels.ts';
import type { CallPage, CallRule } from '#shared/view.ts';
import type { Talk, TalkRatio } from '../../../site/report/call/transcript/talk.ts';
import { escaped, shape } from './literal-parts.ts';

function status({ qa, passed, tooShort }: CallPage): string {
  const none = (words: string): string => `<span class="status status-none"> ${shape('none')} ${words} </span>`;
  if (tooShort) return none('Too short');
  if (qa === 'not evaluated') return none('Not evaluated');
  if (qa === 'not evaluated yet') return none('Not evaluated yet');
  if (passed === undefined) return none('No overall result');
  return passed
    ? `<span class="status"> ${shape('pass')} Pass </span>`
    : `<span class="status status-fail"> ${shape('fail')} Fail </span>`;
}

const figure = (name: string, value: string, lines: string): string =>
  `<div class="figure"> <dt>${name}</dt> ${value && `<dd class="figure-value"> ${value} </dd>`} ${lines} </div>`;
const figureLine = (text: string): string => `<dd class="figure-line"> ${text} </dd>`;

function qaFigure(view: CallPage): string {
  const { passMark, locale } = view.site;
  const judged = !view.tooShort && view.passed !== undefined;
  const value =
    view.score === undefined
      ? ''
      : `${score(view.score, passMark, locale)} <span class="unit">of 100${view.grade ? `, grade ${escaped(view.grade)}` : ''}</span>`;
  const line = !judged
    ? status(view)
    : view.passed
      ? `<span class="better"> ${shape('pass')} Passed, mark ${passMark} </span>`
      : `<span class="worse"> ${shape('fail')} Failed, mark ${passMark} </span>`;
  return figure('QA score', value, figureLine(line));
}

function rulesFigure(rules: CallRule[]): string {
  const critical = rules.filter((rule) => rule.critical);
  const told = critical.length > 0 ? critical : rules;
  if (told.length === 0) return '';
  const checked = told.filter((rule) => rule.pass !== undefined);
  const failed = told.filter((rule) => rule.pass === false);
  const isWorse = critical.length > 0 && failed.length > 0;
  const unit = failed.length > 0 ? `of ${checked.length} failed` : `failed, of ${checked.length}`;
  const value =
    checked.length === 0
      ? ''
      : `<span${isWorse ? ' class="worse"' : ''}>${failed.length || 'None'}</span> <span class="unit">${unit}</span>`;
  const lines = [
    ...(isWorse ? failed.map((rule) => `${shape('critical')} <b>${escaped(rule.name)}</b>`) : []),
    ...critical
      .filter((rule) => rule.pass === undefined)
      .map((rule) => `${shape('none')} ${escaped(rule.name)}: not evaluated`),
    ...(checked.length === 0 && critical.length === 0 ? [`${shape('none')} None evaluated`] : []),
  ];
  return figure(critical.length > 0 ? 'Critical rules' : 'Rules', value, lines.map(figureLine).join(''));
}

function moodFigure({ sentiment: mood, site }: CallPage): string {
  if (!mood) return '';
  const shares = (
    [
      [mood.positive, 'pos'],
      [mood.neutral, 'neu'],
      [mood.negative, 'neg'],
    ] as const
  ).flatMap(([value, name]) => (value === undefined ? [] : [`${value.toFixed(2)} ${name}`]));
  const label = mood.label && SENTIMENTS[mood.label];
  const value =
    mood.score === undefined
      ? (label ?? '')
      : `${sentiment(mood.score, site.locale)} <span class="unit">positive − negative</span>`;
  const line = `${mood.label ? `<span> ${shape(mood.label)} <b>${label}</b> </span>` : ''} <span class="quiet">${shares.join(' · ')}</span>`;
  return figure('Sentiment of both speakers', value, figureLine(line));
}

function lengthFigure({ durationSeconds }: CallPage, talk: Talk | undefined): string {
  if (talk?.monologue) {
    const { monologue, silence } = talk;
    const turns =
      monologue.to > monologue.turn ? `turns ${monologue.turn} to ${monologue.to}` : `turn ${monologue.turn}`;
    const quiet = silence
      ? ` <span> · silence ${duration(silence.seconds)}, before <a href="#t-${silence.to}">turn ${silence.to}</a> </span>`
      : '';
    return figure(
      'Longest monologue',
      duration(monologue.seconds),
      figureLine(`${escaped(monologue.voice.name)}, <a href="#t-${monologue.turn}">${turns}</a>${quiet}`),
    );
  }
  if (durationSeconds === undefined) return '';
  const unit = durationSeconds < 3600 ? 'mm:ss' : 'h:mm:ss';
  return figure('Length', `${duration(durationSeconds)} <span class="unit">${unit}</span>`, '');
}

/** The strip of figures below the head of a call's page. */
export function verdict(view: CallPage, talk: Talk | undefined, ratio: TalkRatio | undefined): string {
  const said = view.wordCount === undefined ? '' : `, of ${counted(view.wordCount, 'word', view.site.locale)}`;
  const byWords = ratio?.words ? `; by words ${ratio.words.first} : ${ratio.words.other}${said}` : '';
  const shares =
    ratio === undefined
      ? ''
      : figure(
          `Talk, ${ratio.sides}`,
          `${ratio.first} : ${ratio.other}`,
          figureLine(ratio.by === 'time' ? `by time${byWords}` : `by words${said}`),
        );
  return `<dl class="figures verdict"> ${view.site.hasQa ? qaFigure(view) : ''} ${rulesFigure(view.rules)} ${moodFigure(view)} ${shares} ${lengthFigure(view, talk)} </dl>`;
}
