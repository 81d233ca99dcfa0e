/** What is wrong with a `CCI_MAIL_URL`, as the end of a sentence; undefined where nothing is. */
export function mailUrlProblem(value: string): string | undefined {
  if (/^file:./.test(value)) return undefined;
  if (/^smtps?:\/\//.test(value) && URL.canParse(value) && new URL(value).hostname !== '') return undefined;
  if (/^ses:[a-z]{2}(-[a-z]+)+-\d(\?.*)?$/.test(value)) return sesProblem(new URL(value).searchParams);
  return 'is not a way to send: write file: and a folder, smtp://host:587, or ses: and a region';
}

const SES_KEYS = ['configuration-set', 'endpoint', 'timeout'];

function sesProblem(query: URLSearchParams): string | undefined {
  const unknown = [...query.keys()].find((key) => !SES_KEYS.includes(key));
  if (unknown !== undefined) return `has ${JSON.stringify(unknown)}, which is not one of ${SES_KEYS.join(', ')}`;
  const timeout = query.get('timeout');
  if (timeout !== null && !/^[1-9]\d{2,5}$/.test(timeout))
    return 'has a timeout that is not 100 to 999999 milliseconds';
  return undefined;
}
