// `--import` of a build that makes no index of what was said: calls have no terms, and the site has no files that a search looks in. It says
// what search costs; nothing else may do without it.
import { registerHooks } from 'node:module';

/** Path of a module → what stands in its place. */
const INSTEAD = {
  '/generator/days/search/call-terms.ts': `
    export const termsOf = () => new Set();
    export const joinTerms = () => '';
    export const splitTerms = () => [];`,
  '/generator/render/search.ts': `
    import { encodeText, squeeze } from '../lib/bytes.ts';
    export const makeSearch = ({ state, stateFiles }) => stateFiles.write(squeeze(encodeText('{}')), state.segments?.blob);`,
};

registerHooks({
  load(url, context, next) {
    const found = Object.entries(INSTEAD).find(([path]) => url.endsWith(path));
    return found ? { format: 'module', source: found[1], shortCircuit: true } : next(url, context);
  },
});
