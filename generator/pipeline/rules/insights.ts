import { type Printable, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import type { Json, JsonObject } from '../ports.ts';
import { isObject, isShallow } from './json-text.ts';

const DEEPEST = 16;
/** Of one insight as JSON, in code units. */
const LONGEST = 200_000;

/**
 * Those insights of an answer that the configuration asks for, in its order; all others are left out, so that none can take the place of a
 * call's own field.
 * @param remarks gets what was left out
 */
export function insightsOf(
  given: Json | undefined,
  asked: Readonly<Record<string, JsonObject>>,
  remarks: Printable[],
): JsonObject {
  const answers = isObject(given) ? given : {};
  const kept: [string, Json][] = [];
  let unfit = 0;
  for (const name of Object.keys(asked)) {
    const value = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (value === undefined) continue;
    if (isShallow(value, DEEPEST) && JSON.stringify(value).length <= LONGEST) kept.push([name, wellFormed(value)]);
    else unfit++;
  }
  const more = Object.keys(answers).filter((name) => !Object.hasOwn(asked, name)).length;
  if (more > 0) remarks.push(say`${counted(more, 'insight')} of the model’s answer had not been asked for.`);
  if (unfit > 0)
    remarks.push(say`${counted(unfit, 'insight')} of the model’s answer were nested too deeply, or too long.`);
  return Object.fromEntries(kept);
}

/** Half a sign, which UTF-8 cannot write, becomes U+FFFD. */
const wellFormed = (value: Json): Json =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'string' ? each.toWellFormed() : each));
