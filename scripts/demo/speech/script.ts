import type { Recording } from '../../../generator/pipeline/ports.ts';
import { RECORDED, type Recorded, soundOf } from '../sounds/recorded.ts';

/** Who says a line: the agent or the customer. */
export interface Line {
  who: 'agent' | 'customer';
  text: string;
  /** Seconds after which it begins, where its sound is kept; else it follows the line before. */
  at?: number;
}

/** A call of the demo that is spoken and transcribed. */
export interface SpokenCall {
  name: string; // e.g., "meter-reading"
  agent: string; // of AGENTS
  direction: 'inbound' | 'outbound';
  /** Days before the last one, and its time of day there. */
  ago: number;
  time: string; // e.g., "09:12"
  lines: readonly Line[];
  /** Its recording is kept with the demo: the first voice, the customer's, is on the left. */
  recorded?: Recorded;
}

const lines = (...said: string[]): Line[] =>
  said.map((line) => ({ who: line.startsWith('A: ') ? 'agent' : 'customer', text: line.slice(3) }));

/** Calls about the energy of a home, in words that a voice of 2001 can speak and a recognizer of 2012 can hear. */
const SCRIPTED: SpokenCall[] = [
  {
    ...{ name: 'meter-reading', agent: 'jane.hall', direction: 'inbound', ago: 0, time: '09:12' },
    lines: lines(
      'A: Good morning, thank you for calling Harbour Energy, my name is Jane. This call may be recorded for training.',
      'C: Hello. I would like to give you a meter reading for my house.',
      'A: Of course. Can I take your name and the first line of your address, please?',
      'C: My name is Peter Stone, and I live at ten Station Road.',
      'A: Thank you. What does the meter say today?',
      'C: It says four thousand two hundred and seven.',
      'A: That is lower than we expected, so your next bill will be smaller. You will get a letter by Friday.',
      'C: That is great, thank you very much. I am very happy with that.',
      'A: Is there anything else I can help you with?',
      'C: No, that is all. You have been wonderful. Good bye.',
    ),
  },
  {
    ...{ name: 'no-hot-water', agent: 'mark.reed', direction: 'inbound', ago: 0, time: '10:40' },
    lines: lines(
      'A: Hello, what is the problem?',
      'C: We have had no hot water since Monday. It is terrible, and I am very angry.',
      'A: I need the number of your contract.',
      'C: I have called three times, and every time somebody asks for that number. This is awful.',
      'A: Without it I can do nothing for you.',
      'C: That is a bad answer. I hate this. I am going to leave.',
      'A: You need to calm down. Somebody may call you back.',
      'C: Nobody ever calls back. This is the worst service in the country.',
      'A: Good bye.',
    ),
  },
  {
    ...{ name: 'moving-house', agent: 'jane.hall', direction: 'inbound', ago: 0, time: '14:05' },
    lines: lines(
      'A: Good afternoon, thank you for calling Harbour Energy, my name is Jane. This call may be recorded for training.',
      'C: Good afternoon. We are moving to a new house next month.',
      'A: How nice. Can I take your name and the first line of your address, please?',
      'C: It is Mary Cook, at five River Street.',
      'A: Thank you. On what day do you leave the old house?',
      'C: On the last day of the month.',
      'A: Then please read the meter on that day. You will get a letter by Friday with a form for it.',
      'C: Good, I will look out for it.',
      'A: Is there anything else I can help you with?',
      'C: No, thank you. Good bye.',
    ),
  },
  {
    ...{ name: 'high-bill', agent: 'susan.field', direction: 'inbound', ago: 1, time: '09:30' },
    lines: lines(
      'A: Good morning, thank you for calling Harbour Energy, my name is Susan.',
      'C: Hello. My bill is twice as high as it was last year, and I do not know why.',
      'A: I am sorry to hear that. Can I take your name and the first line of your address, please?',
      'C: John Baker, three Mill Lane.',
      'A: Thank you. The price went up in March, and the winter was cold.',
      'C: Nobody told me about the price.',
      'A: We sent a letter. I can move you to a cheaper price from today.',
      'C: Yes, please do that.',
      'A: It is done. You will get a letter by Friday. Is there anything else I can help you with?',
      'C: No, that is all. Thank you.',
    ),
  },
  {
    ...{ name: 'missed-visit', agent: 'mark.reed', direction: 'inbound', ago: 1, time: '11:15' },
    lines: lines(
      'A: Harbour Energy, this is Mark.',
      'C: I stayed at home all day, and your engineer did not come. I am very disappointed.',
      'A: What is your name and your address?',
      'C: Anna Wood, nine Park Avenue. It was a horrible day. I lost a day of work for nothing.',
      'A: I see it here. The van broke down.',
      'C: Why did nobody call me? That is very bad.',
      'A: I do not know. Do you want another day?',
      'C: Yes. Tuesday would be good.',
      'A: Fine. Tuesday it is. Good bye.',
    ),
  },
  {
    ...{ name: 'smell-of-gas', agent: 'susan.field', direction: 'inbound', ago: 1, time: '16:50' },
    lines: lines(
      'A: Good afternoon, thank you for calling Harbour Energy, my name is Susan. This call may be recorded for training.',
      'C: Hello. I think that I can smell gas in the kitchen.',
      'A: Please open the windows, and do not switch on any lights. Is anybody in the house with you?',
      'C: My two children are here.',
      'A: Please go outside with them now. Can I take your name and the first line of your address, please?',
      'C: Helen Young, one Church Road.',
      'A: Thank you. An engineer will be with you within the hour.',
      'C: Thank you. We are outside now.',
      'A: You did the right thing. Is there anything else I can help you with?',
      'C: No, that is all for now.',
    ),
  },
  {
    ...{ name: 'direct-debit', agent: 'jane.hall', direction: 'inbound', ago: 2, time: '10:00' },
    lines: lines(
      'A: Good morning, thank you for calling Harbour Energy, my name is Jane. This call may be recorded for training.',
      'C: I have a new bank, and I would like to pay from there.',
      'A: I can do that for you. Can I take your name and the first line of your address, please?',
      'C: George King, seven Hill Street.',
      'A: Thank you. I will send you a form, since I may not take the number of an account on the telephone.',
      'C: That is fine.',
      'A: You will get a letter by Friday. Please sign it and send it back.',
      'C: I will. Thank you for your help.',
      'A: Is there anything else I can help you with?',
      'C: No, thank you.',
    ),
  },
  {
    ...{ name: 'wrong-tariff', agent: 'mark.reed', direction: 'inbound', ago: 2, time: '13:20' },
    lines: lines(
      'A: Harbour Energy, this is Mark. This call may be recorded for training.',
      'C: I asked for the green price in April, and I still pay the old one.',
      'A: Can I take your name and the first line of your address, please?',
      'C: Paul Fisher, two Green Lane.',
      'A: I can see that you asked for it. It was never changed.',
      'C: So what happens now?',
      'A: I will change it today. You will get a letter by Friday.',
      'C: And the money that I paid too much?',
      'A: That comes with the next bill. Good bye.',
    ),
  },
  {
    ...{ name: 'boiler-service', agent: 'susan.field', direction: 'outbound', ago: 2, time: '15:30' },
    lines: lines(
      'C: Hello?',
      'A: Good afternoon, this is Susan from Harbour Energy. This call may be recorded for training.',
      'C: What is it about?',
      'A: Your boiler is due for its service. Can I take your name and the first line of your address, please?',
      'C: I am Laura West, and I live at six Castle Street.',
      'A: Thank you. Would Thursday morning be good for you?',
      'C: Yes, I am at home on Thursday.',
      'A: Then an engineer will be with you between eight and ten. Is there anything else I can help you with?',
      'C: No, that is all. Good bye.',
    ),
  },
];

/** Those that can be heard: what `sounds/make.ts` has spoken. There the first voice is called the agent, and is the customer. */
const HEARD: SpokenCall[] = RECORDED.map((recorded, i) => ({
  ...{ name: recorded.name, agent: 'mark.reed', direction: 'outbound', ago: i, time: '17:10', recorded },
  lines: soundOf(recorded).transcript.map(({ speaker, text, start_time }) => ({
    ...{ who: speaker === 'agent' ? ('customer' as const) : ('agent' as const), text, at: start_time },
  })),
}));

/** Who is on which channel. */
export const channelsOf = ({ recorded }: Pick<SpokenCall, 'recorded'>): NonNullable<Recording['channels']> =>
  recorded ? { left: 'customer', right: 'agent' } : { left: 'agent', right: 'customer' };

/** The twelve calls. */
export const SPOKEN: readonly SpokenCall[] = [...SCRIPTED, ...HEARD];
