/** What SES tells of one mail, whichever way it came. Any field may be missing: others write here too. */
export interface SesEvent {
  /** From a configuration set; e.g., "Bounce". */
  eventType?: string;
  /** The same from the notifications of an identity. */
  notificationType?: string;
  bounce?: { timestamp?: string; bounceType?: string; bouncedRecipients?: { emailAddress?: string }[] };
  complaint?: {
    timestamp?: string;
    complaintFeedbackType?: string | null;
    complainedRecipients?: { emailAddress?: string }[];
  };
  mail?: {
    messageId?: string;
    timestamp?: string;
    tags?: { [name: string]: string[] | undefined };
    headers?: { name?: string; value?: string }[];
  };
}

/** Envelopes within envelopes: a topic that feeds a queue that feeds a bus. More is no event. */
const MAX_DEPTH = 5;
/** What SES publishes, in words, once a topic is set up: it tells of no mail. */
const GREETING = /Successfully validated SNS topic for Amazon SES event publishing\.?/g;

/**
 * The events in an object's text: JSON one after the other, with or without space, line breaks or commas between, or as a list. An event
 * may lie in the envelope of SNS (`Message`, or a list of `Records`) or in that of EventBridge (`detail`).
 * @returns undefined in the place of what is no event
 */
export const eventsIn = (text: string): (SesEvent | undefined)[] =>
  objectsIn(text.replace(GREETING, ' ')).flatMap((found) => opened(found, 0));

function opened(found: unknown, depth: number): (SesEvent | undefined)[] {
  if (depth > MAX_DEPTH || found === null || typeof found !== 'object') return [undefined];
  if (Array.isArray(found)) return found.flatMap((each) => opened(each, depth + 1));
  const { eventType, notificationType, detail, Type, Message, Sns, Records } = found as { [key: string]: unknown };
  if (typeof eventType === 'string' || typeof notificationType === 'string') return [found as SesEvent];
  const inner = detail ?? Sns ?? Records;
  if (inner !== undefined) return opened(inner, depth + 1);
  // A topic that asks whether it may send has no mail to tell of.
  if (Type === 'SubscriptionConfirmation' || Type === 'UnsubscribeConfirmation') return [];
  if (typeof Message !== 'string') return [undefined];
  return objectsIn(Message.replace(GREETING, ' ')).flatMap((each) => opened(each, depth + 1));
}

/** JSON objects and lists, one after the other; undefined for one that is broken, and for anything else that stands there. */
function objectsIn(text: string): unknown[] {
  const found: unknown[] = [];
  let [start, depth, quoted, stray] = [0, 0, false, false];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (depth === 0 && !'{['.includes(char)) stray ||= !/[\s,]/.test(char);
    else if (char === '"') quoted = true;
    else if ('{['.includes(char)) {
      if (depth++ === 0) start = at;
    } else if ('}]'.includes(char) && --depth === 0) found.push(parsed(text.slice(start, at + 1)));
  }
  return stray || depth !== 0 ? [...found, undefined] : found;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
