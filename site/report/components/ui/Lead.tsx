import { Fragment } from 'react';
import type { Phrase } from '#shared/view.ts';

/** The sentence that opens a page. */
export default function Lead({ phrase }: { phrase: Phrase }) {
  return (
    <p className="lead">
      {phrase.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence have no other identity
        <Fragment key={index}>{typeof part === 'string' ? part : <Part {...part} />}</Fragment>
      ))}
    </p>
  );
}

function Part({ text, strong, href }: Exclude<Phrase[number], string>) {
  const words = strong ? <b>{text}</b> : text;
  return href ? <a href={href}>{words}</a> : words;
}
