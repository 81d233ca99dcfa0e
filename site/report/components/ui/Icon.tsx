import type { IconName } from '#shared/format/attention-reason.ts';

/** A status shape, defined once a page by `Icons.astro`. */
export default function Icon({ name }: { name: IconName }) {
  return (
    <svg className={`shape shape-${name}`} width="14" height="14" aria-hidden="true">
      <use href={`#s-${name}`} />
    </svg>
  );
}
