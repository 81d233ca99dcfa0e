import { call } from './energy-blocks.ts';
import type { Scenario } from './model.ts';

/** The home: moves, cover and tariffs, and one call between colleagues. */
export const homeScenarios: readonly Scenario[] = [
  {
    topic: 'Moving home',
    direction: 'inbound',
    weight: 12,
    upset: 0.1,
    outcomes: [0.75, 0.2, 0.05],
    about: { queue: 'Home moves', product: 'Dual fuel' },
    slots: {
      issue: ['all the paperwork that comes with a move', 'having one more thing to arrange in a moving week'],
      newStreet: ['3 Saltmarsh Close', '27 Beacon Hill', '9 Ferry Row', '61 Quarry Lane'],
      reading: ['12,380', '40,117', '8,954', '22,601'],
    },
    steps: call(
      {
        any: [
          ["C: Hi, I'm moving out on {soon} and I need to close my account, and maybe open one at the new place."],
          [
            "C: Hello. We've just got the keys to a new house and I think you supply it. I'm already with you at the old one.",
          ],
          [
            "C: Morning. Well, afternoon. I don't know what day it is, we're moving. I need to tell you the final readings.",
          ],
        ],
      },
      {
        rule: 'acknowledge',
        pass: [
          [
            "A: «Congratulations on the move! I know it's a busy week, so let's get this one ticked off for you.»",
            'C: Thank you, yes please.',
          ],
          ["A: «Oh lovely. Moving's stressful enough, so I'll keep this as quick as I can.»", 'C: I appreciate that.'],
        ],
        fail: [['A: «Okay.»'], ['A: «Right, moves. Let me get the form up.»']],
      },
      'identity',
      {
        rule: 'asks',
        pass: [
          [
            "A: «What day do you hand over the keys, and do you know yet who's moving in?»",
            "C: {soon}. It's going back to the landlord.",
            "A: And the address you're going to?",
            'C: {newStreet}.',
          ],
          [
            'A: «How would you like to do it, take your tariff with you or look at what else there is?»',
            "C: I'd take it with me if I can. We're going to {newStreet}.",
          ],
        ],
        fail: [
          [
            "A: «I'll close this one and you'll go on the standard tariff at the new place.» What's the address?",
            'C: {newStreet}. Is that the cheapest one?',
          ],
          ['A: «New address?»', 'C: {newStreet}.'],
        ],
      },
      [
        'A: Thank you, and have you got a final reading for the old place?',
        "C: I took a photo. It's {reading}.",
        'A: {reading}, got it. ~35',
      ],
      {
        rule: 'explains',
        pass: [
          [
            'A: «Because you read the meter on the day you leave, you only pay up to that number, and whoever comes after you pays from there.»',
            "C: Good, that's what I wanted to know.",
          ],
          [
            "A: «You keep the same prices, but the daily charge is a few pence different, because it depends on the region you're in.»",
            "C: Okay, that's fine.",
          ],
        ],
        fail: [
          [
            "A: «It's a COT, so it'll do a final on the MPAN.»",
            'C: A what?',
            'A: A change of tenancy. It just closes it.',
            'N: Say why in everyday words: "COT" means nothing to a caller.',
          ],
          [
            'A: «The tariff changes because of the GSP group.»',
            "C: I'll take your word for it.",
            'N: Say why in everyday words: "GSP group" means nothing to a caller.',
          ],
        ],
      },
      {
        outcome: {
          good: [
            [
              "A: That's both done. The old account closes on the day and the new one's ready for you.",
              'C: That was painless. The broadband took me an hour and a half.',
            ],
            ['A: All set up for you at {newStreet}, with the same tariff.', 'C: Oh brilliant, thank you so much.'],
          ],
          fair: [
            [
              "A: I've closed the old one, but the new address is still showing with another supplier, so that bit takes a few days.",
              'C: Will there be power when we get in?',
              'A: Oh yes. That never goes off.',
            ],
          ],
          bad: [
            [
              "A: It won't let me set up the new address. It says the meter doesn't exist.",
              "C: It's a house. People live in it.",
              "A: I know. I'd have to pass it to another team.",
              "C: I really haven't got time to chase this the week we move.",
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «Your final bill will be with you by {later}. If you're in credit, the money's back in your bank within ten days of that.»",
            'C: Perfect.',
          ],
          [
            "A: «The only thing left is for you to read the meter at {newStreet} on the day. I'll text you a link on {soon}, you just type it in.»",
            'C: I can manage that.',
          ],
        ],
        fail: [
          ["A: «And that's you. You'll get a final bill at some point.»", 'C: Okay.'],
          ["A: «Just give us a ring when you're in.»", 'C: Another call? Okay.'],
        ],
      },
      {
        maybe: [
          [
            "C: Can you take my mum's number off the account as well? She helped me set it up.",
            "A: Of course. Done, it's only you on there now.",
          ],
          [
            'C: And do I need to do anything about the home cover?',
            "A: I've moved that over with you. It starts on the day you get in.",
          ],
        ],
        chance: 0.4,
      },
    ),
    summary: {
      good: 'Customer is moving to {newStreet}. The old account was closed on a reading of {reading} and a new one set up.',
      fair: 'Customer is moving to {newStreet}. The old account was closed on a reading of {reading}; the new address is still with another supplier.',
      bad: 'Customer is moving to {newStreet}. The new address could not be set up and was passed on. The customer did not want to chase it.',
    },
    phrases: ['moving home', 'final reading', 'final bill', 'new address', 'landlord'],
    next: {
      good: ['Final bill for the old address', 'Customer to read the meter at the new address'],
      fair: ['Final bill', 'Switch of the new address to Harbour Energy'],
      bad: ['Home moves team to find the meter for the new address'],
    },
  },
  {
    topic: 'Boiler breakdown',
    direction: 'inbound',
    weight: 11,
    upset: 0.45,
    outcomes: [0.55, 0.25, 0.2],
    about: { queue: 'Home cover', product: 'Boiler cover' },
    slots: {
      issue: ['you being without hot water', 'the boiler giving up on you in this weather'],
      code: ['F28', 'E119', 'F75', 'EA'],
      fault: ['low water pressure', 'a failed ignition', 'an air lock in the pump'],
    },
    steps: call(
      {
        mood: {
          calm: [
            ["C: Hi, I've got boiler cover with you and the boiler's packed in. There's a code flashing, {code}."],
            ["C: Hello there. No hot water this morning. I've got the cover, so I'm hoping you can send someone."],
          ],
          upset: [
            ["C: I've got no heating, no hot water and a six-month-old baby. I need somebody here today."],
            ["C: Your engineer was here last week and the boiler's gone off again. It's freezing in here."],
          ],
        },
      },
      { again: [['C: I rang yesterday. I was told somebody would be in touch this morning, and nobody has been.']] },
      'acknowledge',
      'identity',
      {
        rule: 'asks',
        pass: [
          [
            'A: «Can you tell me what you see on the front of the boiler, any code or light?»',
            "C: It says {code}, and there's a red light.",
            'A: And the pressure gauge, the little dial underneath?',
            "C: It's almost at nothing. About half.",
          ],
          [
            "A: «When did it last work properly, and is anybody at home who's elderly or very young?»",
            "C: Last night it was fine. And yes, my mother's here, she's eighty-three.",
            "A: Thank you, I'll mark it as a priority. What does the screen say?",
            'C: {code}.',
          ],
        ],
        fail: [
          [
            "A: «You'll need to top the pressure up yourself first, there's a tap underneath.»",
            "C: I'm not touching that. It says {code}, does that not tell you anything?",
          ],
          ["A: «I'll just book you in.»", "C: Don't you want to know what it's doing? It says {code}."],
        ],
      },
      {
        rule: 'explains',
        pass: [
          [
            "A: «{code} on that model means {fault}. It's switched itself off to be safe, which is what it should do.»",
            "C: So it's not dangerous?",
            "A: No. If you ever smell gas that's different, then you ring the gas emergency line straight away, but this isn't that.",
          ],
          [
            'A: «That code is the boiler protecting itself, it comes up with {fault}. An engineer can usually put it right in one visit.»',
            "C: Okay, that's good to know.",
          ],
        ],
        fail: [
          [
            "A: «{code}, that's a lockout.»",
            'C: Meaning?',
            "A: It's locked out. The engineer will know.",
            'N: Say what the boiler does and whether it is safe, not the name of the state it is in.',
          ],
          [
            'A: «Could be the PCB, could be the diverter.»',
            "C: I've no idea what those are.",
            'N: Do not guess at parts. Say what the code means and what happens next.',
          ],
        ],
      },
      ["A: Let me see who's near you. ~45"],
      {
        outcome: {
          good: [
            [
              "A: I've got an engineer who can be with you today, between four and eight.",
              "C: Today? Oh, thank goodness. I thought you'd say next week.",
              "A: He'll ring when he's on his way.",
            ],
            [
              'A: I can do first thing tomorrow, eight till ten.',
              "C: That's fine, we'll manage one night. Thank you so much.",
            ],
          ],
          fair: [
            [
              'A: The first I have is {soon}, between twelve and four.',
              'C: Nothing before that?',
              "A: I've put you on the list for cancellations.",
              "C: Okay. I'll take it.",
            ],
          ],
          bad: [
            [
              "A: I'm afraid the first slot is {soon}, in the afternoon.",
              "C: That's days away. I pay for this cover every month.",
              "A: I know, it's very busy with the cold.",
              "C: It's always busy when I need it. What am I actually paying for?",
            ],
            [
              "A: I'm sorry, it looks as if the cover lapsed in {lastMonth}, because the payment didn't go through.",
              'C: Nobody told me that. Nobody told me.',
              "A: I can start it again, but there's a fourteen-day wait before you can claim.",
              "C: So I've got a broken boiler and no cover. Unbelievable.",
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «I'll send you a text now with the reference, and if you've heard nothing by {soon} you come straight back to me, extension two one four.»",
            'C: Extension two one four. Got it.',
          ],
          [
            "A: «You'll have a text in the next ten minutes with the date and the name of the engineer, and he'll call half an hour before.»",
            "C: Great, I'll keep my phone on me.",
          ],
        ],
        fail: [
          ['A: «Someone will be in touch.»', 'C: Who? And when?', 'A: One of the team.'],
          ["A: «That's all logged.»", 'C: Okay.'],
        ],
      },
    ),
    summary: {
      good: 'Boiler showing {code}, no hot water. An early engineer visit was booked under the home cover.',
      fair: 'Boiler showing {code}, no hot water. First visit on {soon}; the customer is on the list for cancellations.',
      bad: 'Boiler showing {code}, no hot water. No early visit could be given. The customer questioned what the cover is for.',
    },
    phrases: ['boiler cover', 'no hot water', 'engineer visit', 'fault code', 'pressure'],
    next: {
      good: ['Engineer visit booked', 'Engineer to ring before arriving'],
      fair: ['Engineer visit booked', 'Offer a cancelled slot if one comes up'],
      bad: ['Home cover team to look for an earlier visit', 'Complaint about waiting time to be noted'],
    },
    tip: 'Ask about anybody vulnerable in the home before offering a date.',
  },
  {
    topic: 'Fixed tariff ending',
    direction: 'inbound',
    weight: 11,
    upset: 0.1,
    outcomes: [0.65, 0.28, 0.07],
    about: { queue: 'Tariffs', product: 'Dual fuel' },
    slots: {
      tariff: ['Harbour Fix 12', 'Harbour Fix 24', 'Tidal Saver'],
      saving: ['£64', '£88', '£41'],
      exit: ['£50', '£75'],
    },
    steps: call(
      {
        any: [
          ["C: Hi, I've had an email saying my fixed deal ends on {later} and I don't know what to pick."],
          ["C: Hello. My fix is about to run out and I've seen a cheaper one on a comparison site. Can you match it?"],
          ["C: Good {partOfDay}. I'd like to know what happens to my prices when the fix ends."],
        ],
      },
      {
        rule: 'acknowledge',
        pass: [
          [
            "A: «There's a lot of choice at the moment and none of it is easy to compare, so let's go through it together.»",
            'C: Yes please.',
          ],
          ["A: «I can see why you'd want that settled before it runs out. Let's see what suits you.»"],
        ],
        fail: [['A: «Okay, tariffs.»'], ["A: «Yeah, that'll be the letter.»"]],
      },
      'identity',
      {
        rule: 'asks',
        pass: [
          [
            "A: «What matters most to you, knowing what you'll pay each month, or being free to move if prices drop?»",
            "C: Knowing what I'll pay, I think. I like to plan.",
            'A: Then a fix is probably right. And are you likely to move house in the next year?',
            "C: No, we're staying put.",
          ],
          [
            "A: «Can I ask how long you'd want to commit for, and do you charge a car at home?»",
            'C: A year is plenty. And no car, not an electric one.',
          ],
        ],
        fail: [
          ['A: «{tariff} is the one everybody takes, shall I put you on that?»', 'C: Is it the best for me, though?'],
          ["A: «I'd go for {tariff}.»", 'C: Why that one?'],
        ],
      },
      ["A: I'll run your last twelve months through the tariffs we've got. Won't be a moment. ~40"],
      {
        rule: 'explains',
        pass: [
          [
            "A: «With {tariff} your unit price can't move for the whole term. If you leave early it costs {exit} for each fuel, that's the catch.»",
            'C: And if I do nothing?',
            'A: «Then you go on the variable one, which can change every three months.»',
            'C: Got you.',
          ],
          [
            "A: «On what you used last year, {tariff} comes out about {saving} cheaper than doing nothing. There's a fee of {exit} a fuel if you leave early.»",
            "C: That's really clear, thanks.",
          ],
        ],
        fail: [
          [
            "A: «It's a twelve-month product with a standard ETF, otherwise you roll onto the SVT.»",
            "C: You've lost me.",
            "A: It's all in the terms.",
            'N: "ETF" and "SVT" are ours, not the caller\'s. Say "fee for leaving early" and "variable tariff".',
          ],
          ["A: «It's cheaper, basically.»", 'C: By how much?', 'A: It depends what you use.'],
        ],
      },
      {
        outcome: {
          good: [
            [
              "C: Okay, let's go for {tariff}.",
              "A: That's done. It starts on {later}, the day the old one ends, so there's no gap.",
              "C: Brilliant, that's one less thing.",
            ],
          ],
          fair: [
            [
              "C: I think I'd like to talk it over with my husband first.",
              'A: Of course. The price is held for you for five days.',
              "C: Good, there's no rush then.",
            ],
          ],
          bad: [
            [
              'C: The other lot are cheaper by quite a bit, you know.',
              "A: I can't match that one, I'm afraid.",
              "C: Ten years I've been with you. A new customer gets a better price than I do.",
              'A: I understand.',
              "C: I'll be leaving, then.",
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «You'll have the tariff details by email within the hour, and you've got until {later} to change your mind.»",
            'C: Wonderful.',
          ],
          [
            "A: «I'll put both options in an email today, and the price is held until {soon}, so you just reply to that.»",
            "C: I'll do that.",
          ],
        ],
        fail: [
          ["A: «It's all on the website if you want to look.»", 'C: Okay.'],
          ['A: «So yeah, have a think.»', 'C: Will do.'],
        ],
        ifBad: {
          pass: [
            [
              "A: «I'll ask our renewals team to ring you before {soon}. They can sometimes do more than I can, and your prices don't change until {later}.»",
              'C: They can try.',
            ],
          ],
          fail: [
            ["A: «Okay, well, it's up to you.»", 'C: It is.'],
            ["A: «You'd just sign up with them, and they tell us.»", 'C: Fine.'],
          ],
        },
      },
    ),
    summary: {
      good: 'Customer whose fixed tariff is ending chose {tariff}, which starts on {later}.',
      fair: 'Customer whose fixed tariff is ending was offered {tariff} and wants to think about it. The price is held.',
      bad: 'Customer whose fixed tariff is ending found a cheaper supplier. The price could not be matched and the customer means to leave.',
    },
    phrases: ['fixed tariff', 'exit fee', 'unit price', 'variable tariff', 'comparison site'],
    next: {
      good: ['Send the tariff details by email'],
      fair: ['Send both options by email', 'Customer to decide'],
      bad: ['Retention team to make an offer'],
    },
  },
  {
    topic: 'Internal handover',
    direction: 'internal',
    weight: 2.5,
    upset: 0,
    outcomes: [0.7, 0.25, 0.05],
    about: { queue: 'Internal', product: 'Dual fuel' },
    slots: { colleague: ['Billing', 'Metering', 'Complaints'], issue: ['this landing on you late in the day'] },
    steps: [
      { any: [['C: {colleague}, hello.'], ["C: Hello, you're through to {colleague}."]] },
      [
        "A: Hiya, it's {agent}. Have you got two minutes? I've got a {first} {last} on hold who's been passed to me twice.",
        'C: Go on then, what is it?',
      ],
      {
        rule: 'asks',
        pass: [
          [
            'A: «What do you need from me to pick it up?»',
            "C: The account number and the last reading, if you've got one.",
            "A: It's {account}, and the reading's on the notes from this morning.",
          ],
        ],
        fail: [["A: «I'm just going to put them through to you.»", "C: Hold on, what's the account?", 'A: {account}.']],
      },
      {
        rule: 'explains',
        pass: [
          [
            "A: «They've had two bills for the same month. They're not cross, but they do want to know which one to pay.»",
            'C: Okay, I see both of them.',
          ],
        ],
        fail: [["A: «It's a double bill, you'll see it.»", 'C: I see about nine bills.']],
      },
      {
        outcome: {
          good: [['C: Yes, I can take that. Put them through.', "A: You're a star."]],
          fair: [["C: I can't look at it before lunch, we're three down.", "A: Okay, I'll tell them this afternoon."]],
          bad: [["C: That's not us, that's collections. It should never have come here.", 'A: They sent me to you.']],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «I'll tell them you'll have the right bill out by {soon}, and I'll note it on the account.»",
            'C: That works.',
            'A: Thanks, bye.',
          ],
        ],
        fail: [["A: «Okay, I'll tell them something.»", 'C: Good luck.', 'A: Thanks, bye.']],
      },
    ],
    summary: {
      good: 'Internal call to hand over a customer with two bills for one month. {colleague} took the call.',
      fair: 'Internal call to hand over a customer with two bills for one month. {colleague} will look at it in the afternoon.',
      bad: 'Internal call to hand over a customer with two bills for one month. {colleague} did not take it.',
    },
    phrases: ['handover', 'two bills', 'on hold'],
    next: {
      good: ['Correct bill to be sent'],
      fair: ['Call the customer in the afternoon'],
      bad: ['Find the right team'],
    },
  },
];
