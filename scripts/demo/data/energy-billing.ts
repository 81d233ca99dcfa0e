import { call } from './energy-blocks.ts';
import type { Scenario } from './model.ts';

/** Money: bills, payments and refunds. */
export const billingScenarios: readonly Scenario[] = [
  {
    topic: 'High bill',
    direction: 'inbound',
    weight: 16,
    upset: 0.5,
    outcomes: [0.55, 0.28, 0.17],
    about: { queue: 'Billing', product: 'Dual fuel' },
    slots: {
      issue: ['the bill coming out so high', 'the size of that bill'],
      amount: ['£318.40', '£286.15', '£402.77', '£351.09', '£294.62'],
      newAmount: ['£164.20', '£151.85', '£178.30', '£139.95'],
      reading: ['28,417', '31,906', '17,254', '44,038'],
      estimate: ['29,980', '33,412', '18,777', '45,690'],
    },
    steps: call(
      {
        mood: {
          calm: [
            [
              "C: Oh, hello. I've just had my bill for {lastMonth} and it's {amount}. It's normally about half that, so I think something's gone wrong.",
            ],
            [
              "C: Hi {agent}. It's about my latest bill. It says {amount} and we were away for two weeks of that, so it can't be right.",
            ],
          ],
          upset: [
            [
              "C: Yes, hello. I've just opened a bill for {amount}. {amount}, for a two-bed flat. How is anybody supposed to pay that?",
            ],
            [
              "C: You can tell me why I've been charged {amount}, for a start. I've sat here for twenty minutes waiting to ask that.",
            ],
          ],
        },
      },
      { again: [["C: And this is the {nth} time I've rung this week about it, by the way."]] },
      'acknowledge',
      'identity',
      {
        rule: 'asks',
        pass: [
          [
            'A: «Can I ask, has anything changed at home since the last bill? New appliances, somebody working from home?»',
            "C: No, nothing. If anything we're using less.",
            'A: And are you able to see the meter from where you are?',
            "C: It's in the cupboard by the door. Hang on. ~25",
            'C: It says {reading}.',
          ],
          [
            'A: «What does the meter say at the moment, are you able to have a look?»',
            'C: Give me a second. ~30',
            "C: Right, it's {reading} on the electric.",
            'A: {reading}, thank you.',
          ],
        ],
        fail: [
          [
            "A: «It'll be the heating, it's always the heating at this time of year.» Have a look at the meter for me and tell me the number.",
            "C: It's hardly been on. It says {reading}.",
          ],
          ["A: «You'll just need to give me a reading and I'll rebill it.»", "C: Fine. It's {reading}."],
        ],
      },
      ['A: Bear with me a moment while I put that in. ~40'],
      {
        rule: 'explains',
        pass: [
          [
            "A: «So what's happened is that nobody had sent us a reading since the spring, so the bill was a guess, and the guess was too high.» We had you down for {estimate} and you're actually at {reading}.",
            'C: So you just made it up?',
            "A: It was worked out from last year's use. It's meant to be close, and this time it wasn't.",
          ],
          [
            "A: «The bill says E next to the reading, which means it was estimated. Your real reading is lower, so you've been billed for energy you haven't used yet.»",
            "C: Oh. I didn't notice the E.",
          ],
        ],
        fail: [
          [
            "A: «It's billed to an E read because the D0010 never came through.»",
            "C: I don't know what that means.",
            "A: It's just how it comes out of the system.",
            'N: Say why in everyday words: "D0010" means nothing to a caller.',
          ],
          ["A: «Yeah, it's the estimate. It happens.»", 'C: Right. And nobody thought to check?'],
        ],
      },
      {
        outcome: {
          good: [
            [
              "A: With your reading the bill comes down to {newAmount}. I've cancelled the old one.",
              "C: {newAmount}? Oh, that's much better. That's about what I expected.",
              'A: And nothing will be taken for the old amount.',
            ],
            [
              "A: I've put the reading through and the new total is {newAmount}.",
              "C: That's a relief, thank you. I was worried I'd have to find the rest.",
            ],
          ],
          fair: [
            [
              "A: It'll come down, but I can't see the exact figure until the new bill has run overnight.",
              'C: Roughly, though?',
              "A: Somewhere around {newAmount}, but please don't hold me to that.",
              "C: Okay. I'd have liked to know today.",
            ],
          ],
          bad: [
            [
              "A: I've put it in, but the system won't release the new bill. It's gone for a manual check.",
              'C: So the {amount} still stands?',
              "A: For now, yes. The direct debit may go out before it's corrected.",
              "C: That's ridiculous. You're going to take money you know I don't owe.",
            ],
            [
              "A: I'm afraid that reading is below one we already hold, so I can't rebill it from here.",
              "C: I'm standing in front of the meter. I've just read it to you.",
              'A: I understand, but it needs the billing team.',
              "C: So that's another wasted phone call, then.",
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «So the corrected bill will be emailed to you by {soon}, and your direct debit won't change until you've seen it.»",
            "C: By {soon}. Okay, I'll look out for it.",
          ],
          [
            "A: «I'll check on it myself tomorrow, and you'll have the new bill by email no later than {soon}.»",
            'C: All right, thank you.',
          ],
        ],
        fail: [
          ['A: «You should get something through soon.»', "C: When's soon?", 'A: It varies, really.'],
          ["A: «That's gone through to the team now, so just keep an eye on your emails.»", 'C: Okay.'],
        ],
      },
    ),
    summary: {
      good: 'Caller queried a bill of {amount}. It had been estimated. A reading of {reading} was taken and the bill was corrected to {newAmount}.',
      fair: 'Caller queried an estimated bill of {amount} and gave a reading of {reading}. The bill is to be run again overnight; no final figure was given on the call.',
      bad: 'Caller disputed a bill of {amount} and gave a reading of {reading}, but the bill could not be corrected on the call and went for a manual check. The caller was dissatisfied.',
    },
    phrases: ['estimated bill', 'meter reading', 'corrected bill', 'direct debit', 'last bill'],
    next: {
      good: ['Corrected bill to be sent by email'],
      fair: ['Run the bill again overnight', 'Email the corrected bill'],
      bad: ['Billing team to check the reading', 'Hold the direct debit until the bill is corrected'],
    },
    tip: 'Offer a monthly reading reminder to customers on estimated bills.',
  },
  {
    topic: 'Direct debit increase',
    direction: 'inbound',
    weight: 13,
    upset: 0.4,
    outcomes: [0.55, 0.3, 0.15],
    about: { queue: 'Billing', product: 'Dual fuel' },
    slots: {
      issue: ['your direct debit going up like that', 'the increase landing without much warning'],
      amount: ['£96', '£104', '£118', '£87'],
      newAmount: ['£147', '£162', '£169', '£141'],
      agreed: ['£121', '£126', '£134', '£108'],
      balance: ['£184', '£212', '£97'],
    },
    steps: call(
      {
        mood: {
          calm: [
            [
              "C: Hello, I've had a letter saying my direct debit is going from {amount} to {newAmount}. I'd like to understand how you got to that.",
            ],
            [
              "C: Hi there. You're putting my monthly payment up to {newAmount} and I wondered if there was any way round it.",
            ],
          ],
          upset: [
            [
              'C: I want to know who decided I can suddenly afford {newAmount} a month. It was {amount}. Nobody asked me.',
            ],
            ["C: {newAmount} a month! It was {amount}. I'm on a fixed income, I can't just magic that up."],
          ],
        },
      },
      { again: [["C: I already rang on this and I was promised a call back. I'm still waiting."]] },
      'acknowledge',
      'identity',
      {
        rule: 'asks',
        pass: [
          [
            'A: «Before we look at numbers, what would be manageable for you each month?»',
            'C: About {amount}, which is what it was. I could stretch to a bit more.',
            "A: That's helpful, thank you. Let me see what the account looks like. ~30",
          ],
          [
            'A: «Has your use changed over the last year, do you think? More people at home, an electric car, anything like that?»',
            'C: My daughter moved back in, so a bit, yes.',
            "A: Okay. I'll take that into account. ~25",
          ],
        ],
        fail: [
          [
            "A: «There's not a lot I can do, it's the system that sets it.» Let me have a look. ~25",
            'C: Then who do I talk to?',
          ],
          [
            "A: «I'd just leave it at the new amount if I were you, you'll build up a bit of credit.»",
            "C: I can't leave it, that's why I'm ringing.",
          ],
        ],
      },
      {
        rule: 'explains',
        pass: [
          [
            "A: «It's gone up for two reasons. You're {balance} behind after the winter, and your old fixed price ended in {lastMonth}, so each unit costs a little more.»",
            'C: Nobody explained it like that. Okay.',
          ],
          [
            "A: «We look at what you'll use over the next year and split it into twelve, and you were paying a bit less than you were using. That left {balance} to catch up.»",
            "C: So I'm paying for last winter now.",
          ],
        ],
        fail: [
          [
            "A: «It's the annual DD reassessment, it comes out of the algorithm.»",
            'C: And what does the algorithm say, exactly?',
            "A: I can't see inside it.",
            'N: The caller asked how the sum came about and heard "the algorithm". Walk through the two or three causes.',
          ],
          ['A: «Prices have gone up everywhere.»', 'C: By that much?'],
        ],
      },
      {
        outcome: {
          good: [
            [
              'A: What I can do is spread that over eighteen months instead of six. That brings it to {agreed}.',
              "C: {agreed} I can do. Thank you, that's a weight off.",
              "A: I've changed it now, so {newAmount} will never be taken.",
            ],
          ],
          fair: [
            [
              "A: I can bring it down to {agreed} for three months, and then it's looked at again.",
              'C: So it might just go up after that?',
              'A: It might. It depends on your readings.',
              "C: Okay. It's better than nothing.",
            ],
          ],
          bad: [
            [
              "A: I can't go below {newAmount}, I'm sorry. The account's too far behind.",
              'C: Then cancel it. Cancel the whole direct debit.',
              "A: You'd lose the discount if you did.",
              "C: I don't care about the discount. I'll be looking at other suppliers.",
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «Your next payment is on {later}, and you'll have a letter confirming the amount before {soon}.»",
            'C: Lovely.',
          ],
          [
            "A: «I'm sending you an email now with what we've said, and we'll review it together when your bill comes out on {later}.»",
            "C: Okay, I'll wait for that.",
          ],
        ],
        fail: [
          [
            "A: «So that's on the account now.»",
            'C: Do I get anything in writing?',
            'A: It should send something out.',
          ],
          ['A: «Just see what comes out of your bank next month.»', 'C: Right.'],
        ],
        ifBad: {
          pass: [
            [
              "A: «I'll leave it in place until {soon}, and somebody senior will ring you before then to see what they can do. If you still want it cancelled, we cancel it.»",
              "C: Okay. I'll give them until {soon}.",
            ],
          ],
          fail: [
            ["A: «I'll put a note on the account.»", 'C: A note. Right.', 'A: Somebody will look at it.'],
            ["A: «You'd have to cancel it with your bank.»", "C: I'll do that, then."],
          ],
        },
      },
    ),
    summary: {
      good: 'Caller objected to a direct debit rise from {amount} to {newAmount}. The balance of {balance} was spread over eighteen months and {agreed} a month agreed.',
      fair: 'Caller objected to a direct debit rise to {newAmount}. Reduced to {agreed} for three months, then reviewed again.',
      bad: 'Caller objected to a direct debit rise to {newAmount}. No reduction was possible. The caller asked to cancel the direct debit and may leave.',
    },
    phrases: ['direct debit', 'monthly payment', 'payment review', 'account balance', 'fixed price ended'],
    next: {
      good: ['Confirmation letter of the new direct debit'],
      fair: ['Confirmation email', 'Review of the payment in three months'],
      bad: ['Direct debit cancellation to be processed', 'Retention team to call back'],
    },
    tip: 'Mention the payment review dates when a direct debit is changed.',
  },
  {
    topic: 'Difficulty paying',
    direction: 'inbound',
    weight: 9,
    upset: 0.35,
    outcomes: [0.6, 0.3, 0.1],
    about: { queue: 'Payment support', product: 'Dual fuel' },
    slots: {
      issue: ["you're having such a hard time", 'things being this tight at the moment'],
      balance: ['£412', '£368', '£540', '£287'],
      weekly: ['£10', '£12', '£15'],
    },
    steps: call(
      {
        mood: {
          calm: [
            ["C: Hello. I'm a bit embarrassed to ring, but I can't pay this bill all at once. It's {balance}."],
            [
              "C: Hi. I've been off work since {lastMonth} and I'm getting behind. I wanted to ring before it gets worse.",
            ],
          ],
          upset: [
            [
              "C: I've had a letter with red writing on it about {balance}. I've got two kids, I haven't got that, so what do you want me to do?",
            ],
            ["C: You keep sending me these texts. I can't pay it. I've told you I can't pay it."],
          ],
        },
      },
      {
        again: [
          [
            "C: I explained all of this to somebody on the phone the other day and I don't want to go through it again.",
          ],
        ],
      },
      {
        rule: 'acknowledge',
        pass: [
          ["A: «Thank you for telling me. It isn't easy to ring about this and I'm glad you did.»", 'C: Thank you.'],
          [
            "A: «I'm sorry {issue}. Nobody here is going to push you, let's see what we can do.»",
            'C: Okay. I appreciate that.',
          ],
        ],
        fail: [
          ['A: «Okay. So the balance is overdue.»', "C: I know it's overdue."],
          ['A: «Right, how much can you pay today?»', "C: I've just told you, I can't."],
        ],
      },
      'identity',
      {
        rule: 'asks',
        pass: [
          [
            "A: «Can you tell me a little about what's coming in and going out, only what you're comfortable with?»",
            "C: I'm on sick pay, so about half of what I had. The rent's the big one.",
            'A: And is there anybody at home with a health condition, or small children?',
            "C: My son's got asthma. He's four.",
          ],
          [
            'A: «What could you put towards it each week without going short?»',
            'C: Ten pounds. Maybe {weekly} in a good week.',
          ],
        ],
        fail: [
          [
            "A: «I can put you on a payment plan, it's {weekly} a week.»",
            "C: You haven't asked me whether I can pay that.",
            'A: Can you?',
            "C: I'll have to.",
          ],
          ['A: «You could use a credit card.»', "C: I'm trying not to."],
        ],
      },
      {
        rule: 'explains',
        pass: [
          [
            'A: «So the plan covers what you use now plus a little of the {balance}, and as long as you keep to it nothing goes on your credit file and the letters stop.»',
            "C: The letters stop? Oh, that's good.",
          ],
          [
            "A: «There's a fund for customers in your position. It's a grant, so you don't pay it back, and while they look at it we freeze the account.»",
            "C: I didn't know that existed.",
          ],
        ],
        fail: [
          [
            "A: «It's an arrangement at two-x consumption.»",
            "C: I don't follow.",
            "A: It's just how the plan is set up.",
            'N: Say why in everyday words: "two-x consumption" means nothing to a caller.',
          ],
          ['A: «It just goes on the account.»', 'C: Okay. And the letters?', "A: They're automatic."],
        ],
      },
      {
        outcome: {
          good: [
            [
              "A: I've set it at {weekly} a week and put you on our priority register as well, so you get a person when you ring.",
              "C: Thank you. Honestly, I've been dreading this call and you've been lovely.",
            ],
          ],
          fair: [
            [
              "A: I've stopped the letters for thirty days while the fund looks at your application.",
              'C: And if they say no?',
              'A: Then we talk again about a plan.',
              'C: All right.',
            ],
          ],
          bad: [
            [
              "A: I can't offer a plan today, because the last one was broken in {lastMonth}.",
              'C: I broke it because I lost my job.',
              "A: I understand, but the system won't let me.",
              'C: So what was the point of ringing? I might as well not have bothered.',
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «I'll put all of this in a letter, so you have it in front of you. It'll be with you by {soon}, and nothing more is due before {later}.»",
            'C: Thank you.',
          ],
          [
            "A: «I'm going to ring you myself on {soon} to see how you're getting on. Is late morning all right?»",
            "C: Yes. That's kind of you.",
          ],
        ],
        fail: [
          ['A: «Just keep an eye on the post.»', "C: I don't like opening the post at the moment, to be honest."],
          ["A: «Right, so that's noted on there.»", 'C: Okay.'],
        ],
      },
    ),
    summary: {
      good: 'Customer behind by {balance} after a fall in income. A plan of {weekly} a week was agreed and the household put on the priority register.',
      fair: 'Customer behind by {balance} after a fall in income. Reminders stopped for thirty days while the hardship fund decides.',
      bad: 'Customer behind by {balance} asked for a payment plan and was refused because an earlier one had been broken. The customer saw no point in having called.',
    },
    phrases: ['payment plan', 'priority register', 'hardship fund', 'behind with payments', 'reminder letters'],
    next: {
      good: ['First plan payment', 'Send the plan by letter'],
      fair: ['Hardship fund to decide', 'Call the customer back'],
      bad: ['Payment support to review the refusal'],
    },
    tip: 'Signpost free debt advice whenever a customer says they cannot pay.',
  },
  {
    topic: 'Refund not received',
    direction: 'inbound',
    weight: 9,
    upset: 0.6,
    outcomes: [0.4, 0.3, 0.3],
    about: { queue: 'Complaints', product: 'Closed account' },
    slots: {
      issue: ['you still waiting for your own money', 'the refund taking this long'],
      amount: ['£143.86', '£97.20', '£211.45', '£68.03'],
      weeks: ['five', 'six', 'seven', 'four'],
    },
    steps: [
      'greeting',
      {
        mood: {
          calm: [
            [
              "C: Hello, I left you in the summer and you owe me {amount}. I was told ten days and it's been {weeks} weeks.",
            ],
          ],
          upset: [
            ["C: I'd like my money back, please. {amount}. It's been {weeks} weeks and I've heard every excuse going."],
            [
              "C: Can I make a formal complaint? You've had my {amount} for {weeks} weeks and nobody will tell me where it is.",
            ],
          ],
        },
      },
      {
        again: [
          ["C: I've rung twice already this week, so please don't tell me it's in the post."],
          ["C: Every time I ring I get a different answer. That's the {nth} time now."],
        ],
      },
      'acknowledge',
      'identity',
      {
        rule: 'asks',
        pass: [
          [
            'A: «What were you told the last time you spoke to us, and which account should it go to?»',
            'C: That it had been sent. But I changed banks in the summer, I did say that.',
            'A: Ah, that may be it. Let me look. ~45',
          ],
          [
            'A: «Did you have any letter or email about it, and how were you paying while you were with us?»',
            'C: By card, every month. And no, not a thing. ~40',
          ],
        ],
        fail: [
          [
            "A: «It'll have gone to the bank, it's probably their end.»",
            "C: I've spoken to the bank. They've had nothing.",
          ],
          ['A: «Refunds take ten working days.»', "C: I've just told you it's been {weeks} weeks."],
        ],
      },
      {
        rule: 'explains',
        pass: [
          [
            "A: «I can see what went wrong. It was sent to your old bank, they sent it back, and nobody here picked it up again. That's our mistake.»",
            "C: Well, at least somebody's admitted it.",
          ],
          [
            "A: «Your final bill was changed after you left, which stopped the refund, and it should have been started again by hand. It wasn't, and I'm sorry.»",
            'C: Right. So it was never even sent.',
          ],
        ],
        fail: [
          [
            "A: «It's failed in BACS with an R-code.»",
            "C: And what's that in English?",
            'A: It just bounced.',
            'N: Say why in everyday words: the bank sent it back. "R-code" does not help anybody.',
          ],
          ["A: «I can see it's on hold.»", "C: Why's it on hold?", "A: It doesn't say."],
        ],
      },
      {
        outcome: {
          good: [
            [
              "A: I've taken your new details and I've sent it while we've been talking. I've added twenty-five pounds for the delay.",
              "C: Oh. Well, thank you. I wasn't expecting that.",
              "A: It's the least we can do.",
            ],
          ],
          fair: [
            [
              "A: I need a manager to release it because it's been so long. I've marked it urgent.",
              "C: I've heard urgent before.",
              "A: I know. That's why I'm putting my own name on it.",
            ],
          ],
          bad: [
            [
              "A: I can raise another request, but I can't say when it'll be paid.",
              "C: That's what the last person said, word for word.",
              "A: I'm sorry.",
              "C: Sorry doesn't pay my rent. I'm going to the ombudsman.",
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «The {amount} will be in your account by {soon}, and I'll ring you that afternoon to make sure it is.»",
            "C: I'll hold you to that.",
            'A: Please do.',
          ],
          [
            "A: «I'm logging it as a complaint, your reference is H B four zero nine, and you'll have our answer in writing by {later}.»",
            "C: H B four zero nine. I've written that down.",
          ],
        ],
        fail: [
          ["A: «It's with the refunds team, so hopefully this week.»", 'C: Hopefully.'],
          ["A: «You'll just have to bear with us.»", "C: I've been bearing with you for {weeks} weeks."],
        ],
        ifBad: {
          pass: [
            [
              "A: «I'm logging it as a complaint now. The reference is H B four zero nine, and the complaints manager has to answer you in writing by {later}.»",
              "C: H B four zero nine. I'll be quoting that.",
            ],
          ],
          fail: [
            ["A: «You'll just have to bear with us.»", "C: I've been bearing with you for {weeks} weeks."],
            ["A: «It's back with the refunds team.»", 'C: Where it was before.'],
          ],
        },
      },
      'helpShort',
      'closing',
    ],
    summary: {
      good: 'A refund of {amount} was {weeks} weeks late. It was sent during the call to the new bank details, with goodwill of £25.',
      fair: 'A refund of {amount} is {weeks} weeks late. It needs a manager to release it and was marked urgent.',
      bad: 'A refund of {amount} is {weeks} weeks late. No date could be given. The caller means to go to the ombudsman.',
    },
    phrases: ['refund', 'closed account', 'complaint', 'bank details', 'ombudsman'],
    next: {
      good: ['Refund to arrive', 'Agent to call the customer that day'],
      fair: ['Manager to release the refund'],
      bad: ['Refunds team to trace the payment', 'Complaint to be answered in writing'],
    },
    tip: 'Own the delay before asking for details: this customer had called before.',
  },
];
