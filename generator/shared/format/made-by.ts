import type { SiteView } from '../view.ts';

/** Who made labels, scores and summaries, as a sentence for page and mail: of a sheet nobody knows. */
export function madeInWords({ fromPipeline, fromSheets }: Pick<SiteView, 'fromPipeline' | 'fromSheets'>): string {
  if (!fromSheets) return 'Labels, scores and summaries are produced by a machine.';
  if (!fromPipeline) return 'Labels, scores and summaries come from the sheets.';
  return 'Labels, scores and summaries are produced by a machine or come from the sheets.';
}

/** Whose a call's score is, as a sentence. */
export function scoreInWords({ fromPipeline, fromSheets }: Pick<SiteView, 'fromPipeline' | 'fromSheets'>): string {
  if (!fromSheets) return 'The score is the weighted mean of the rules’ scores.';
  if (!fromPipeline) return 'The score is taken from the sheet.';
  return 'The score is the weighted mean of the rules’ scores, or is taken from the sheet.';
}
