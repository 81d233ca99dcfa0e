import { type FormEvent, useEffect, useState } from 'react';
import type { SiteData } from '#shared/figures/site-data.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import ChoiceField from './ChoiceField.tsx';
import { choicesOf } from './choices.ts';
import PeriodChoice from './PeriodChoice.tsx';
import { type Said, type SearchRequest, SPEAKERS } from './search-request.ts';

interface Props {
  site: SiteData;
  request: SearchRequest;
  onSearch: (request: Omit<SearchRequest, 'ignored'>) => void;
}

/** What is searched for, and what narrows it. A choice holds at once, words once they are sent off. */
export default function SearchForm({ site, request, onSearch }: Props) {
  const { filter, by } = request;
  const [text, type] = useState(request.text);
  useEffect(() => type(request.text), [request.text]);
  const search = (change: { filter?: CallFilter; by?: Said | undefined }) =>
    onSearch({ text: text.trim(), filter, ...(by && { by }), ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search({});
  };
  return (
    <search>
      <form className="find-form" onSubmit={submit}>
        <label className="find-words">
          <span>Words that were said</span>
          <span className="find-line">
            <input
              type="search"
              name="q"
              value={text}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              enterKeyHint="search"
              aria-describedby="find-help"
              onChange={(event) => type(event.target.value)}
            />
            <button type="submit" className="button button-main">
              Search
            </button>
          </span>
        </label>
        <p id="find-help" className="note">
          The last word may be the start of one. “Words in quotes” must follow one another. A minus leaves out: refund
          -cheque.
        </p>
        <div className="find-choices">
          <ChoiceField
            name="Said by"
            value={by ?? ''}
            values={Object.entries(SPEAKERS)}
            any="Anybody"
            onChoose={(value) => search({ by: value === '' ? undefined : (value as Said) })}
          />
          {site.window && (
            <PeriodChoice
              site={site}
              window={site.window}
              filter={filter}
              onChoose={(range) => {
                const { from: _from, to: _to, ...others } = filter;
                search({ filter: { ...others, ...range } });
              }}
            />
          )}
          {choicesOf(site, filter).map(({ key, name, any, value, values, choose }) => (
            <ChoiceField
              key={key}
              name={name}
              value={value}
              values={values}
              any={any}
              onChoose={(chosen) => search({ filter: choose(chosen) })}
            />
          ))}
        </div>
      </form>
    </search>
  );
}
