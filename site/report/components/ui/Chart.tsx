import type { PlotOptions } from '@observablehq/plot';
import { WIDTHS } from '#shared/charts/axis.ts';
import { plot } from '#shared/charts/svg.ts';

interface Props {
  /** Says the chart at a width. */
  options: (width: number) => PlotOptions;
  /** The chart's finding in one sentence, for those who do not see it. */
  label: string;
  /** Only as for the narrowest column: the style sheet of its place shows that one alone. */
  narrow?: true;
}

/** A chart at each width; the style sheet shows the one that fits its column. */
export default function Chart({ options, label, narrow }: Props) {
  const widths = narrow ? { narrow: WIDTHS.narrow } : WIDTHS;
  return (
    <figure className="chart keep">
      <figcaption className="visually-hidden">{label}</figcaption>
      {Object.entries(widths).map(([name, width]) => (
        <Drawn key={name} name={name} options={options(width)} />
      ))}
    </figure>
  );
}

/** On the server a chart is text; in a browser it stays a node, since a strict policy lets no text become markup. */
function Drawn({ name, options }: { name: string; options: PlotOptions }) {
  const chart = plot(options);
  return typeof window === 'undefined' ? (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: Plot's own serialised nodes
    <div className={`chart-${name}`} dangerouslySetInnerHTML={{ __html: chart.outerHTML }} />
  ) : (
    <div className={`chart-${name}`} ref={(place) => place?.replaceChildren(chart)} />
  );
}
