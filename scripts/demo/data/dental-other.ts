import type { Scenario } from './model.ts';

/** Money, questions, and the calls that the desk makes itself. */
export const otherScenarios: readonly Scenario[] = [
  {
    topic: 'Insurance question',
    direction: 'inbound',
    weight: 11,
    upset: 0.15,
    outcomes: [0.6, 0.3, 0.1],
    about: { urgency: '1' },
    slots: {
      plan: ['Meridian PPO', 'Bluecrest', 'Unity Dental'],
      fee: ['eleven hundred', 'nine hundred'],
      copay: ['four hundred fifty', 'three eighty'],
    },
    steps: [
      'welcome',
      {
        any: [
          [
            "C: Hi, I have a question about my coverage. Doctor {doctor} said I need a crown and I want to know what I'll end up paying.",
          ],
          ['C: Hi, my job switched us to {plan} and I want to make sure you still take it.'],
        ],
      },
      { again: [['C: I left two messages about this already this week.']] },
      'details',
      [
        'A: And can you read me the member number off the new card?',
        'C: Yeah, hold on. ~20',
        "C: It's {member}.",
        'A: Thanks, let me log in to the portal. ~45',
      ],
      {
        rule: 'cost',
        pass: [
          [
            "A: «So {plan} pays fifty percent on crowns after the deductible. The crown is {fee}, so you'd be at about {copay} out of pocket.»",
            "C: Okay, that's actually less than I thought.",
            'A: And I can send you that estimate in writing.',
          ],
          [
            "A: «We're in network with {plan}. Cleanings are covered at a hundred percent, fillings at eighty, and crowns at fifty.»",
            "C: Great, that's what I needed.",
          ],
        ],
        fail: [
          ['A: «It says you have benefits.»', 'C: Right, but what does it cover?', "A: It doesn't really say."],
          ["A: «I'd call the number on the back of your card.»", 'C: They told me to call you.'],
        ],
      },
      {
        maybe: [
          [
            'C: And does it reset in January?',
            "A: It does, so if you want to use it this year you'd want to come in by December.",
          ],
          ['C: What about my husband, is he on it too?', 'A: I only see you on this one, so check with your HR.'],
        ],
        chance: 0.6,
      },
      {
        outcome: {
          good: [
            ['A: Do you want me to go ahead and send the pre authorization?', 'C: Yes please, that would be amazing.'],
          ],
          fair: [
            [
              "A: I'd need to send a pre authorization to be sure, that takes about two weeks.",
              "C: Two weeks. Okay. I guess I'll wait.",
            ],
          ],
          bad: [
            [
              "A: So it does look like you've used up your maximum for the year.",
              'C: How? I had one filling.',
              'A: I can only see what they show me.',
              "C: Nobody can ever tell me anything about this. It's ridiculous.",
            ],
          ],
        },
      },
      'closing',
    ],
    summary: {
      good: 'Patient asked what {plan} covers. Coverage was explained and a pre authorization is sent.',
      fair: 'Patient asked what {plan} covers. A pre authorization is needed, about two weeks.',
      bad: 'Patient asked what {plan} covers and learned that the maximum for the year is used up. Frustrated.',
    },
    phrases: ['coverage', 'out of pocket', 'pre authorization', 'deductible', 'member number'],
    next: {
      good: ['Send the pre authorization', 'Send the estimate'],
      fair: ['Send the pre authorization'],
      bad: ['Ask the insurer for the claims history'],
    },
  },
  {
    topic: 'Bill dispute',
    direction: 'inbound',
    weight: 10,
    upset: 0.65,
    outcomes: [0.4, 0.3, 0.3],
    about: { urgency: '2' },
    slots: { fee: ['three hundred twelve', 'one hundred eighty six', 'two forty'], copay: ['forty five', 'sixty'] },
    steps: [
      'welcome',
      {
        mood: {
          calm: [['C: Hi, I got a bill for {fee} dollars and I thought my cleaning was covered.']],
          upset: [
            ['C: Yeah, I just got a bill for {fee} dollars for a cleaning. A cleaning.'],
            ['C: I need somebody to explain this bill to me because I paid when I was there.'],
          ],
        },
      },
      { again: [['C: This is call number {count} this week. Every time I get somebody new.']] },
      { any: [["A: I'm sorry about that, let's take a look together."], ['A: Okay.']] },
      'details',
      ['A: Let me pull up the statement. ~35'],
      {
        rule: 'cost',
        pass: [
          [
            "A: «So what happened is the cleaning was covered, but the x rays weren't, because you'd had a set less than a year ago. That's the {fee}.»",
            'C: Nobody told me that when they took them.',
            'A: And they should have.',
          ],
          [
            "A: «Your insurance paid its part, and what's left is your deductible, which is {copay}, plus the fluoride, which they don't cover for adults.»",
            'C: Okay, I see it now.',
          ],
        ],
        fail: [
          ["A: «It's your patient portion.»", 'C: Yeah, but for what?', 'A: For the visit.'],
          ['A: «Insurance denied it.»', 'C: Why?', 'A: It just has a code, d zero two seven four.'],
        ],
      },
      {
        outcome: {
          good: [
            [
              "A: I'm going to take the x rays off since we didn't tell you, so you're down to {copay}.",
              'C: Oh wow, okay. Thank you, I really appreciate that.',
            ],
          ],
          fair: [
            [
              "A: I can send it back to the insurance with a note, and you don't need to pay until we hear.",
              'C: Okay. How long does that take?',
              'A: Usually about thirty days.',
            ],
          ],
          bad: [
            [
              "A: I can't take it off, I can only set you up on a payment plan.",
              "C: I don't want a payment plan, I want a correct bill.",
              'A: It is correct on our end.',
              "C: I'm going to leave a review, just so you know.",
            ],
            [
              "A: It already went to collections, so it's out of our hands.",
              'C: Collections? I never got a bill before this one.',
              'A: We have an old address for you.',
              'C: You have my cell phone. You text me every six months.',
            ],
          ],
        },
      },
      {
        maybe: [
          [
            'C: Can you email me the breakdown?',
            'A: Sure, what email do you want me to use?',
            'C: The one you have is fine.',
          ],
        ],
        chance: 0.5,
      },
      'closing',
    ],
    summary: {
      good: 'Patient disputed a bill of {fee} dollars. The x rays were taken off because nobody had warned of the cost.',
      fair: 'Patient disputed a bill of {fee} dollars. It goes back to the insurer with a note.',
      bad: 'Patient disputed a bill of {fee} dollars. Nothing could be changed; the patient was angry.',
    },
    phrases: ['bill', 'x rays', 'deductible', 'statement', 'payment plan'],
    next: {
      good: ['Send the corrected statement'],
      fair: ['Resubmit the claim', 'Hold the balance'],
      bad: ['Office manager to call the patient'],
    },
    tip: 'Warn of the cost of x rays before they are taken.',
  },
  {
    topic: 'Whitening and aligners',
    direction: 'inbound',
    weight: 7,
    upset: 0,
    outcomes: [0.7, 0.27, 0.03],
    about: { visit: 'Cosmetic', urgency: '1' },
    slots: { fee: ['four hundred', 'three fifty'], copay: ['four hundred', 'three fifty'] },
    steps: [
      'welcome',
      {
        any: [
          ["C: Hi, I'm getting married in the spring and I want to get my teeth whitened, maybe straightened too?"],
          ['C: Hey, what do you guys charge for the clear aligners?'],
        ],
      },
      { any: [['A: Oh, congratulations, how exciting.'], ['A: Sure, I can help with that.']] },
      'details',
      {
        rule: 'urgency',
        pass: [
          [
            'A: «Do you have any sensitivity or pain right now? It matters for the whitening.»',
            'C: A little with ice, but nothing bad.',
            "A: Okay, we'd use the gentler one then.",
          ],
        ],
        fail: [["A: «The whitening's really popular.»", 'C: Does it hurt?', 'A: Most people are fine.'], []],
      },
      {
        rule: 'cost',
        pass: [
          [
            "A: «Whitening is {fee} dollars in the office, insurance doesn't cover it, and the consult for aligners is free.»",
            'C: Free is good.',
          ],
          [
            'A: «Aligners run between three and five thousand depending on the case, and we can split it over twenty four months.»',
            'C: Okay, that gives me an idea.',
          ],
        ],
        fail: [
          [
            'C: So how much is it?',
            'A: «The doctor goes over that with you.»',
            'C: Like a ballpark?',
            "A: I really couldn't say.",
          ],
        ],
      },
      'options',
      'chat',
      'readback',
      {
        outcome: {
          good: [["C: I'm so excited.", "A: It'll look great, I had mine done here too."]],
          fair: [
            [
              'C: I might check one other place first, is that okay?',
              'A: Of course, you can cancel up to a day before.',
            ],
          ],
          bad: [
            [
              'A: Oh, Doctor {doctor} is on leave until spring, so it would be after your date.',
              'C: You could have said that at the beginning.',
            ],
          ],
        },
      },
      'closing',
    ],
    summary: {
      good: 'Caller asked about whitening and aligners and booked a consult on {soon} at {timeA} in {office}.',
      fair: 'Caller asked about whitening and aligners, booked a consult on {soon} and is comparing practices.',
      bad: 'Caller asked about whitening and aligners. The dentist is away until after the date that matters.',
    },
    phrases: ['whitening', 'clear aligners', 'free consult', 'sensitivity'],
    next: { good: ['Consult'], fair: ['Consult, if kept'], bad: ['Offer another dentist'] },
  },
  {
    topic: 'Recall reminder',
    direction: 'outbound',
    weight: 10,
    upset: 0.08,
    outcomes: [0.62, 0.3, 0.08],
    about: { visit: 'Hygiene', urgency: '1' },
    slots: { fee: ['one hundred eighty'], copay: ['twenty', 'zero'] },
    steps: [
      'pickup',
      'hello',
      {
        rule: 'details',
        pass: [
          [
            "A: «Before I say what it's about, could you give me your date of birth?»",
            'C: {dob}.',
            'A: Perfect, thank you.',
          ],
          ["A: «I just need to check your date of birth first, if that's okay.»", "C: It's {dob}."],
        ],
        fail: [
          [
            "A: «So our records say you're way overdue for your periodontal maintenance.»",
            'C: Oh. Am I?',
            'N: Treatment was named before we knew who had picked up. Ask for the date of birth first.',
          ],
          [
            'A: «You were last in with us in {lastMonth} of last year.»',
            'C: That long ago?',
            "N: When the patient was last in is theirs to hear, not anybody's who picks up. Ask for the date of birth first.",
          ],
        ],
      },
      ["A: You're due for your cleaning, it's been a little over six months.", 'C: Has it really? Wow.'],
      {
        rule: 'urgency',
        pass: [
          [
            'A: «How is everything feeling, any pain or bleeding since we saw you?»',
            'C: Actually that one filling feels a little rough.',
            "A: Okay, I'll ask them to look at it.",
          ],
          ['A: «And is anything hurting right now?»', 'C: No, all good.'],
        ],
        fail: [['A: «So you want to get something on the books?»', 'C: I guess I should.'], []],
      },
      'options',
      {
        maybe: [
          ['C: Is it still covered? I have the same insurance.', "A: Yes, two a year, so it's zero for you."],
          ['C: How long does it take?', 'A: About an hour with the exam.'],
        ],
        chance: 0.5,
      },
      'readback',
      {
        outcome: {
          good: [['C: Thanks for calling, I would never have remembered.', "A: That's what we're here for."]],
          fair: [['C: I have to check my calendar, I might have to move that.', "A: That's fine, just text us."]],
          bad: [
            [
              'C: You know what, hold on. I go somewhere else now, I told the last person that.',
              "A: Oh, I'm sorry, I don't see a note here.",
              'C: Okay, so take that back out of the book, and please stop calling me.',
            ],
          ],
        },
      },
      'closing',
    ],
    summary: {
      good: 'Recall call. Cleaning booked for {soon} at {timeA} in {office}.',
      fair: 'Recall call. Cleaning on {soon} at {timeA} in {office}, the patient may move it.',
      bad: 'Recall call. The patient goes elsewhere and asked not to be called again.',
    },
    phrases: ['overdue', 'cleaning', 'six months', 'recall'],
    next: {
      good: ['Send the confirmation'],
      fair: ['Text the patient to confirm'],
      bad: ['Take the patient off the recall list'],
    },
  },
  {
    topic: 'Confirm a visit',
    direction: 'outbound',
    weight: 6,
    upset: 0.03,
    outcomes: [0.78, 0.18, 0.04],
    about: { visit: 'Restorative', urgency: '2' },
    slots: { fee: ['three hundred'], copay: ['sixty', 'eighty five'] },
    steps: [
      'pickup',
      'hello',
      {
        rule: 'details',
        pass: [
          ['A: «Could you verify your date of birth for me, please?»', 'C: {dob}.', "A: That's right, thank you."],
          ["A: «I'll need your full name and date of birth first.»", 'C: {first} {last}, {dob}.'],
        ],
        fail: [
          [
            "A: «I'm calling to confirm your extraction.»",
            'C: Uh, okay, yes.',
            'N: Treatment was named before we knew who had picked up. Ask for the date of birth first.',
          ],
          [
            "A: «It's about your root canal.»",
            "C: Oh, you're on speaker, hold on.",
            'N: Treatment was named before we knew who had picked up. Ask for the date of birth first.',
          ],
        ],
      },
      ["A: So you're with Doctor {doctor} this week.", 'C: Yes, I have it in my calendar.'],
      {
        rule: 'urgency',
        pass: [
          [
            "A: «How's the pain since you were in, any swelling or fever?»",
            'C: It comes and goes. No swelling.',
            'A: Okay. If it gets worse before then, call us and we will move you up.',
          ],
        ],
        fail: [["A: «You're still coming, right?»", "C: I'm planning to."], []],
      },
      {
        any: [
          [
            'A: Please have something light to eat, and bring somebody to drive you home.',
            "C: Oh, I didn't know that. Okay.",
          ],
          ['A: And did you take the antibiotic Doctor {doctor} prescribed?', 'C: I start it tonight.', 'A: Good.'],
        ],
      },
      'cost',
      'catchUp',
      'readback',
      {
        outcome: {
          good: [["C: I'm a little nervous, but okay.", "A: You'll do fine, she's really gentle."]],
          fair: [
            [
              "C: I might be ten minutes late, I'm coming from work.",
              "A: Ten is okay, after that we'd have to move you.",
            ],
          ],
          bad: [
            [
              "C: You know, I haven't had a call back about the price yet, and I asked twice.",
              "A: I don't see a note about that.",
              'C: Then cancel it until I know.',
            ],
          ],
        },
      },
      'closing',
    ],
    summary: {
      good: 'Visit with Doctor {doctor} on {soon} at {timeA} in {office} confirmed.',
      fair: 'Visit with Doctor {doctor} on {soon} at {timeA} in {office} confirmed; the patient may be ten minutes late.',
      bad: 'Call to confirm a visit. The patient had asked for a price twice without an answer and canceled.',
    },
    phrases: ['confirm', 'extraction', 'drive you home', 'antibiotic'],
    next: {
      good: ['Text reminder the day before'],
      fair: ['Text reminder the day before'],
      bad: ['Send the estimate', 'Call the patient back'],
    },
  },
  {
    topic: 'Between offices',
    direction: 'internal',
    weight: 2,
    upset: 0,
    outcomes: [0.75, 0.25, 0],
    about: { urgency: '1' },
    slots: { other: ['Midtown', 'Park Slope', 'Hoboken'] },
    steps: [
      { any: [['C: {other}, hi.'], ['C: Hey, {other} front desk.']] },
      ["A: Hey, it's {agent}. I've got a patient here, {last}, and I need your x rays from last year.", 'C: Sure.'],
      {
        rule: 'details',
        pass: [["A: «It's {first} {last}, {dob}.»", "C: Okay, I've got two of them. Yes, this one."]],
        fail: [["A: «{last}, you'll see it.»", 'C: I see three.', 'A: The older one.']],
      },
      ['C: Give me a second. ~30', 'C: Sending it over now.'],
      {
        outcome: {
          good: [["A: Got it, you're the best.", 'C: Anytime, bye.']],
          fair: [['A: Nothing yet.', "C: It's a big file, give it a few minutes.", 'A: Okay, bye.']],
          bad: [["A: It's the wrong one.", "C: Then I don't have it."]],
        },
      },
    ],
    summary: {
      good: 'Call between offices for x rays of a patient. They were sent.',
      fair: 'Call between offices for x rays of a patient. They are on the way.',
      bad: 'Call between offices for x rays of a patient. They were not found.',
    },
    phrases: ['x rays', 'chart'],
    next: { good: ['No further action'], fair: ['Check that the x rays arrived'], bad: ['Find the x rays'] },
  },
];
