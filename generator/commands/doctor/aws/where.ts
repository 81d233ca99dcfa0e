/** The region, as a word of a sentence. */
export const whereOf = ({ region }: { region?: string }): string => region ?? 'the region that is set';
