/** What software writes where there is no value: databases, Hive, Python, people. */
const ABSENT = /^(null|\\n|none|n\/a|[-–—])$/i;

/** Whether a text stands for no value. */
export const isAbsentWord = (text: string): boolean => {
  const word = text.trim();
  return word === '' || ABSENT.test(word) || word === 'NaN' || word === 'nan';
};
