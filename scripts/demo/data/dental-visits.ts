import type { Scenario } from './model.ts';

/** Calls that are about a visit. */
export const visitScenarios: readonly Scenario[] = [
  {
    topic: 'New patient cleaning',
    direction: 'inbound',
    weight: 15,
    upset: 0.05,
    outcomes: [0.78, 0.17, 0.05],
    about: { visit: 'Hygiene', urgency: '1' },
    slots: { fee: ['one hundred eighty', 'two hundred ten'], copay: ['thirty five', 'forty', 'twenty five'] },
    steps: [
      'welcome',
      {
        any: [
          ["C: Hi, I just moved to the area and I'm looking for a new dentist. I guess I'd need a cleaning?"],
          [
            "C: Hey, um, my coworker goes to you guys and I haven't been to a dentist in like two years, so I figured it's time.",
          ],
          ['C: Hi there, are you taking new patients? I need a checkup and a cleaning.'],
        ],
      },
      { any: [["A: Absolutely, welcome, we'd love to have you."], ['A: Yes, we are taking new patients.']] },
      'detailsNew',
      {
        rule: 'urgency',
        pass: [
          [
            'A: «And is anything bothering you right now, any pain or sensitivity?»',
            'C: Um, the back left gets a little cold sensitive. Nothing crazy.',
            "A: Okay, I'll make a note of that for the hygienist.",
          ],
          [
            'A: «Any pain, swelling, anything like that before we pick a time?»',
            'C: No, nothing like that, just overdue.',
          ],
        ],
        fail: [["A: «And it's just the cleaning, right?»", 'C: I think so, yeah.'], []],
      },
      [
        'A: And do you have dental insurance?',
        'C: Yeah, through work. I have the card right here.',
        'A: Great, can you read me the member number? ~15',
        "C: It's on the back. Okay, it's {member}.",
        'A: Thank you, let me run that. ~30',
      ],
      'cost',
      'options',
      'chat',
      'readback',
      {
        outcome: {
          good: [
            [
              "A: And I'll text you the new patient forms, so you can fill them out at home.",
              'C: Oh nice, that saves time.',
            ],
          ],
          fair: [
            [
              "A: I couldn't verify your insurance just yet, the site is slow today, so I'll try it again.",
              "C: So I won't know until I'm there?",
              "A: I'll call you if anything comes up.",
            ],
          ],
          bad: [
            [
              "A: It looks like we're out of network with that plan, actually.",
              'C: Oh. Your website says you take it.',
              'A: It might be out of date.',
              "C: That's kind of misleading. I don't think I want to do it then.",
            ],
          ],
        },
      },
      'closing',
    ],
    summary: {
      good: 'New patient booked a checkup and cleaning for {soon} at {timeA} in {office}. Forms are sent by text.',
      fair: 'New patient booked a checkup and cleaning for {soon} at {timeA} in {office}. Insurance could not be verified yet.',
      bad: 'New patient asked for a cleaning and learned that the plan is out of network, unlike the website says. Unlikely to come.',
    },
    phrases: ['new patient', 'cleaning', 'insurance card', 'forms'],
    next: {
      good: ['Text the new patient forms'],
      fair: ['Verify insurance', 'Call the patient if not covered'],
      bad: ['Correct the plan list on the website'],
    },
  },
  {
    topic: 'Toothache',
    direction: 'inbound',
    weight: 13,
    upset: 0.5,
    outcomes: [0.6, 0.22, 0.18],
    about: { visit: 'Emergency', urgency: '5' },
    slots: {
      fee: ['one hundred twenty', 'one hundred forty'],
      copay: ['thirty', 'fifty'],
      side: ['upper right', 'lower left', 'lower right'],
    },
    steps: [
      'welcome',
      {
        mood: {
          calm: [
            ["C: Hi, I've had a toothache since the weekend and it's not going away, I think I need to get in."],
            ['C: Hi, um, I chipped something and now it hurts when I drink anything cold.'],
          ],
          upset: [
            ["C: I need to come in right now. I've been up all night, my tooth is killing me."],
            ['C: I am in so much pain. I called last night and nobody picked up.'],
          ],
        },
      },
      { again: [["C: I already called you guys about this, this is the {nth} time, and it's just getting worse."]] },
      { any: [["A: Oh no, I'm so sorry, let's get you taken care of."], ["A: Okay, I'm sorry to hear that."]] },
      'details',
      {
        rule: 'urgency',
        pass: [
          [
            'A: «On a scale of one to ten how bad is the pain, and do you have any swelling or a fever?»',
            "C: Like an eight. My cheek's a little puffy, no fever.",
            'A: Okay, and where is it?',
            'C: {side}, all the way in the back.',
          ],
          [
            'A: «Is there any swelling in your face, and are you having any trouble swallowing or breathing?»',
            "C: No, just the pain. It's throbbing.",
            "A: Okay good. If that changes you go straight to the er, don't wait for us.",
          ],
        ],
        fail: [
          ['A: «So you want an emergency visit?»', 'C: Yes, as soon as possible.'],
          ["A: «Okay, let me see what's open.»", "C: It's the {side} one, it's really bad."],
        ],
      },
      ['A: Let me see where I can squeeze you in. ~40'],
      {
        rule: 'options',
        pass: [
          [
            'A: «I can get you in today at {timeB}, or first thing tomorrow at eight. Which would you like?»',
            'C: Today. Please, today.',
          ],
          [
            'A: «I have {timeB} here in {office} today, or {timeA} over in the other office if you can travel.»',
            "C: I'll come to you, {timeB}.",
          ],
        ],
        fail: [
          [
            'A: «I can put you down for {timeB} today.»',
            "C: Okay. I guess I'll leave work.",
            'N: Only one time was offered. A second one keeps the patient with us.',
          ],
          [
            'A: «When can you get here?»',
            'C: Anytime. Whenever you say.',
            'A: {timeB} then.',
            'N: Offer two times. Asking when suits makes the patient do the searching.',
          ],
        ],
      },
      'cost',
      {
        rule: 'readback',
        pass: [
          [
            "A: «So that's today at {timeB} with Doctor {doctor}, {office} office, and come to the side entrance, it's quicker.»",
            'C: Side entrance, got it.',
          ],
          [
            'A: «Let me repeat that for you, today, {timeB}, {office}, Doctor {doctor}, and bring your list of medications.»',
            'C: Okay, I will.',
          ],
        ],
        fail: [
          ['A: «Okay, see you.»', 'C: Where do I go, the same place as last time?', 'A: Yeah.'],
          ['A: «Alright.»', 'C: Okay.'],
        ],
      },
      {
        outcome: {
          good: [
            [
              "A: Doctor {doctor} will take an x ray and get you out of pain, that's the first thing.",
              'C: Oh thank god. Thank you.',
            ],
          ],
          fair: [
            [
              "A: Today is just for the exam, if it's a root canal we'd have to schedule that separately.",
              'C: So I might still be in pain tonight?',
              "A: She'll give you something for it.",
            ],
          ],
          bad: [
            [
              'A: Oh, hold on, somebody just took that one. ~25',
              'A: Yeah, I have nothing until {soon} now.',
              'C: Are you serious? You just told me today.',
              "A: I'm sorry.",
              "C: I can't wait until {soon}. I can't even chew.",
            ],
            [
              "A: There is a balance on the account, so I can't book it until that's paid.",
              "C: I'm in pain and you're talking to me about a balance?",
              "A: It's the policy.",
              'C: Unbelievable.',
            ],
          ],
        },
      },
      'closing',
    ],
    summary: {
      good: 'Patient with pain, {side}. Seen the same day at {timeB} by Doctor {doctor} in {office}.',
      fair: 'Patient with pain, {side}. Same day exam; treatment would need another visit.',
      bad: 'Patient in pain could not be given a same day visit and was very upset. The call ended without a solution.',
    },
    phrases: ['toothache', 'same day visit', 'swelling', 'x ray', 'pain'],
    next: {
      good: ['Same day exam'],
      fair: ['Exam today', 'Plan the root canal if needed'],
      bad: ['Clinical lead to call the patient today'],
    },
    tip: 'Route patients with swelling to the clinical lead at once.',
  },
  {
    topic: 'Reschedule a visit',
    direction: 'inbound',
    weight: 13,
    upset: 0.12,
    outcomes: [0.7, 0.22, 0.08],
    about: { visit: 'Hygiene', urgency: '1' },
    slots: { fee: ['fifty', 'seventy five'], copay: ['twenty', 'thirty'] },
    steps: [
      'welcome',
      {
        any: [
          ['C: Hi, I have an appointment on {tomorrow} and something came up at work, so I need to move it.'],
          ["C: Hey, my kid is sick and I'm not going to make it tomorrow."],
          ["C: Hi, um, I got the reminder text and I completely forgot I'm traveling that day."],
        ],
      },
      { again: [["C: I know, I know, I'm the one who keeps moving it. It's the {nth} time this week, I'm sorry."]] },
      { any: [['A: No problem at all, that happens.'], ['A: Okay, let me take a look.']] },
      'details',
      {
        rule: 'urgency',
        pass: [
          [
            "A: «And nothing's hurting or anything that can't wait, right? No pain?»",
            "C: No, I'm fine, it's just the cleaning.",
          ],
          [
            'A: «Is anything bothering you in the meantime, any pain or bleeding?»',
            'C: My gums bleed a little when I floss.',
            "A: Okay, then I don't want to push it out too far.",
          ],
        ],
        fail: [[], ['A: «So just moving it?»', 'C: Yeah.']],
      },
      ['A: Let me see what else we have. ~25'],
      'options',
      {
        rule: 'cost',
        pass: [
          [
            "A: «We usually charge {fee} dollars inside of twenty four hours, but I'll waive it this time.»",
            'C: Oh, thank you, I appreciate that.',
          ],
          [
            "A: «Since it's less than a day's notice there's a {fee} dollar fee, and I just want you to know that before I move it.»",
            "C: Ugh. Okay, that's fair.",
          ],
        ],
        fail: [["A: «There might be a fee, I'm not sure.»", 'C: How much?', 'A: It depends.'], []],
      },
      'catchUp',
      'readback',
      {
        outcome: {
          good: [["A: And I've put you on the short list, in case something opens up sooner.", 'C: Perfect.']],
          fair: [["A: It's with a different hygienist, is that okay?", 'C: I like Monica, but, okay.']],
          bad: [
            [
              "A: Oh, so the computer is telling me it's your third change, so I'd need a deposit.",
              'C: A deposit? Nobody ever told me that.',
              "A: It's in the forms you signed.",
              "C: I've been coming here for eight years.",
            ],
          ],
        },
      },
      'closing',
    ],
    summary: {
      good: 'Patient moved a visit to {soon} at {timeA} in {office} and is on the short list.',
      fair: 'Patient moved a visit to {soon} at {timeA} in {office}, with another hygienist than usual.',
      bad: 'Patient wanted to move a visit and was asked for a deposit after several changes. Upset by it.',
    },
    phrases: ['reschedule', 'reminder text', 'short notice', 'short list'],
    next: {
      good: ['Send the new confirmation'],
      fair: ['Send the new confirmation'],
      bad: ['Office manager to decide on the deposit'],
    },
  },
  {
    topic: 'Crown came off',
    direction: 'inbound',
    weight: 9,
    upset: 0.35,
    outcomes: [0.62, 0.25, 0.13],
    about: { visit: 'Restorative', urgency: '4' },
    slots: {
      fee: ['two hundred', 'one hundred sixty'],
      copay: ['forty', 'sixty'],
      food: ['a bagel', 'some caramel', 'a piece of toast'],
    },
    steps: [
      'welcome',
      {
        mood: {
          calm: [['C: Hi, so I was eating {food} and my crown came right off. I have it here in a little bag.']],
          upset: [
            ['C: My crown fell off again. You put it in like three months ago, and I have a wedding on Saturday.'],
          ],
        },
      },
      { again: [['C: And I called about this the other day and nobody called me back.']] },
      { any: [['A: Oh, okay, good thing you kept it.'], ["A: Oh no. Okay, let's see what we can do."]] },
      'details',
      {
        rule: 'urgency',
        pass: [
          [
            'A: «Does it hurt at all, or is it sharp on your tongue?»',
            "C: It's sensitive to cold, but it doesn't hurt hurt.",
            "A: Okay. Try to chew on the other side, and don't glue it.",
          ],
          [
            'A: «Any pain or swelling around it, and did you swallow any of it?»',
            'C: No, I have the whole thing. It just feels weird.',
          ],
        ],
        fail: [
          ['A: «Okay, so you want it recemented.»', 'C: If it can be, yeah.'],
          ['A: «We can put it back.»', 'C: Great.'],
        ],
      },
      ['A: Let me look at your chart and see when it was done. ~35'],
      'cost',
      'options',
      'readback',
      {
        outcome: {
          good: [
            [
              "A: And since it's under a year old, there won't be any charge for the crown itself.",
              "C: Oh, that's great. I was worried about that.",
            ],
          ],
          fair: [
            [
              'A: Doctor {doctor} has to look at it first. If the tooth broke, you might need a new one.',
              "C: And that's a whole new bill?",
              'A: Possibly, yes.',
            ],
          ],
          bad: [
            [
              'A: The warranty only covers it if you came in for your cleanings, and I see you missed one.',
              'C: You canceled that one on me.',
              'A: It just shows missed here.',
              'C: That is not right. I want to speak to the manager.',
            ],
          ],
        },
      },
      'closing',
    ],
    summary: {
      good: 'A crown came off. Visit on {soon} at {timeA} with Doctor {doctor}; the crown is under warranty.',
      fair: 'A crown came off. Visit on {soon} at {timeA}; a new crown may be needed.',
      bad: 'A crown came off. The patient was told that the warranty does not apply and asked for the manager.',
    },
    phrases: ['crown', 'recement', 'warranty', 'sensitive to cold'],
    next: {
      good: ['Recement the crown'],
      fair: ['Exam, then estimate'],
      bad: ['Office manager to call the patient about the warranty'],
    },
  },
  {
    topic: "Child's first visit",
    direction: 'inbound',
    weight: 8,
    upset: 0.05,
    outcomes: [0.82, 0.15, 0.03],
    about: { visit: 'Pediatric', urgency: '1' },
    slots: { child: ['Mateo', 'Zoe', 'Liam', 'Ava'], fee: ['one hundred ten'], copay: ['ten', 'fifteen'] },
    steps: [
      'welcome',
      {
        any: [
          ['C: Hi, I want to make an appointment for my little one. Four years old and never been to a dentist.'],
          ['C: Hi, do you guys see little kids? Mine just turned four.'],
        ],
      },
      { any: [['A: Oh, fun, we love first visits.'], ['A: We do, yes.']] },
      {
        rule: 'details',
        pass: [
          [
            "A: «What's the child's full name and date of birth, and is that you as the parent on the account?»",
            "C: {child} {last}, {childDob}. And yes, I'm {first}.",
            'A: Great, thank you.',
          ],
          [
            'A: «Can I get the name and birthday for the chart, please?»',
            "C: It's {child} {last}, {childDob}.",
            'A: Perfect.',
          ],
        ],
        fail: [
          ['A: «And the name?»', 'C: {child}.', 'A: Cute. Okay.'],
          ["A: «I'll just put it under your name for now.»", 'C: Okay.'],
        ],
      },
      {
        rule: 'urgency',
        pass: [
          [
            'A: «Is anything bothering {child}, any spots or pain when eating?»',
            "C: There's a little white spot on the front, I don't know if that's anything.",
            "A: I'll note that for the doctor.",
          ],
        ],
        fail: [[], ['A: «Just a checkup then.»', 'C: Yeah.']],
      },
      [
        "C: I'm a little worried about the crying, honestly.",
        'A: Totally normal. You can sit in the chair and hold {child} the whole time.',
        'C: Oh good, okay.',
      ],
      'cost',
      'options',
      'chat',
      'readback',
      {
        outcome: {
          good: [['A: And we have a treasure box, so tell {child} there is a prize.', 'C: That will help a lot.']],
          fair: [
            [
              "A: It'll be with one of the general dentists, the pediatric one isn't here on that day.",
              "C: Hm, okay. I guess that's fine.",
            ],
          ],
          bad: [
            [
              "A: Oh, actually that location doesn't see kids under five.",
              "C: You told me you do. I've been on the phone for ten minutes.",
              "A: I'm sorry, I misread it.",
            ],
          ],
        },
      },
      'closing',
    ],
    summary: {
      good: 'First visit for {child} booked on {soon} at {timeA} in {office}.',
      fair: 'First visit for {child} booked on {soon} at {timeA} in {office}, with a general dentist.',
      bad: 'Parent asked for a first visit for {child} and learned late in the call that the office sees no children under five.',
    },
    phrases: ['first visit', 'pediatric', 'white spot', 'treasure box'],
    next: { good: ['Send the parent forms'], fair: ['Send the parent forms'], bad: ['Find a location for the child'] },
  },
];
