import { pathToFileURL } from 'node:url';

// One page a view, with JavaScript's own template literals: of Eleventy's template languages the fastest. The literal renderer
// of this benchmark is the template, so what is measured beside it is Eleventy.
const { CCI_BENCH_CODE, CCI_BENCH_VIEWS } = process.env;
const { literalRenderer } = await import(pathToFileURL(`${CCI_BENCH_CODE}/literal.ts`).href);
const { placesOf, viewReader } = await import(pathToFileURL(`${CCI_BENCH_CODE}/input.ts`).href);
const page = literalRenderer();
const read = viewReader();

export const data = {
  // Places, not the data: Eleventy merges and keeps what a page is given.
  places: placesOf(CCI_BENCH_VIEWS),
  pagination: { data: 'places', size: 1, alias: 'place' },
  permalink: ({ place }) => `${place.name}.html`,
};

export const render = ({ place }) => page(read(place.file, place.line));
