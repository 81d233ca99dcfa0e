import type { SiteView } from '#view';

/** Who made labels, scores and summaries, as a sentence for page and mail: of a sheet nobody knows. */
export function madeInWords({ fromPipeline, fromSheets }: Pick<SiteView, 'fromPipeline' | 'fromSheets'>): string {
  if (!fromSheets) return 'Labels, scores and summaries are made by machine.';
  if (!fromPipeline) return 'Labels, scores and summaries are those of the sheets.';
  return 'Labels, scores and summaries are made by machine, or those of the sheets.';
}

/** Whose a call's score is, as a sentence. */
export function scoreInWords({ fromPipeline, fromSheets }: Pick<SiteView, 'fromPipeline' | 'fromSheets'>): string {
  if (!fromSheets) return 'Score is the mean of the rules’ scores by weight.';
  if (!fromPipeline) return 'The score is the sheet’s own.';
  return 'Score is the mean of the rules’ scores by weight, or the sheet’s own.';
}
