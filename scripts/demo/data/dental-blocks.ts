import type { Step } from './model.ts';

/** What is said alike whatever the call is about. Punctuation is for the reader of this file: it is dropped when written. */
export const dentalBlocks: Record<string, readonly Step[]> = {
  welcome: [
    {
      rule: 'welcome',
      pass: [
        ['A: «Thank you for calling Brightsmile, this is {agent}, how can I make you smile today?»'],
        ['A: «Good {partOfDay}, Brightsmile Dental, this is {agent}, how can I help you?»'],
        ["A: «Hi, thanks for calling Brightsmile Dental in {office}, you've got {agent}, what can I do for you?»"],
      ],
      fail: [
        ['A: «Dental office.»'],
        ['A: «Brightsmile, can you hold?» ~20', 'A: Okay, go ahead.'],
        ['A: «Hello, front desk.»'],
      ],
    },
  ],
  pickup: [{ any: [['C: Hello?'], ['C: This is {first}.'], ['C: Hi, who is this?']] }],
  hello: [
    {
      rule: 'welcome',
      pass: [
        [
          'A: «Hi, this is {agent} calling from Brightsmile Dental,» am I speaking with {first}?',
          'C: Yes, this is {first}.',
        ],
        [
          "A: «Hi {first}, it's {agent} over at Brightsmile in {office}, did I catch you at an okay time?»",
          "C: Sure, I've got a minute.",
        ],
      ],
      fail: [
        ['A: «Hi, is this {first} {last}?»', "C: Yeah, who's this?", "A: It's the dentist's office."],
        ["A: «Yeah, hi, I'm calling about an appointment.»", 'C: With who?', 'A: Brightsmile.'],
      ],
    },
  ],
  details: [
    {
      rule: 'details',
      pass: [
        [
          'A: «Can I get your full name and your date of birth, please?»',
          "C: {first} {last}, and it's {dob}.",
          "A: Perfect, I've got your chart right here.",
        ],
        [
          'A: «Let me pull you up, what is your last name and date of birth?»',
          'C: {last}. {dob}.',
          'A: And {first} is the first name?',
          "C: That's right.",
          'A: Great, thank you.',
        ],
        [
          "A: «Before I open anything, I'll need your name and your birthday, just so I have the right chart.»",
          'C: {first} {last}, {dob}.',
          'A: Got it, thank you {first}.',
        ],
      ],
      fail: [
        [
          'A: «What was the last name?»',
          'C: {last}.',
          'A: Okay, I see you.',
          'N: The chart was opened on a last name alone. We have patients who share names: ask for the date of birth every time.',
        ],
        [
          "A: «I think I've got you here off the caller id, {first}, right?»",
          'C: Yeah.',
          'N: Caller id is not the patient. Ask for name and date of birth before the chart is open.',
        ],
        [
          "A: «There's a couple of you in here. I'm guessing you're the one on {street}.»",
          'C: Uh, yes.',
          'N: Never guess which patient it is, and never say an address first. Ask for the date of birth.',
        ],
      ],
    },
  ],
  detailsNew: [
    {
      rule: 'details',
      pass: [
        [
          "A: «I'll start a chart for you. What's your full name and your date of birth?»",
          'C: {first} {last}, {dob}.',
          'A: Perfect, thank you {first}.',
        ],
        [
          'A: «Can I get your name and birthday, and is this the best number for you?»',
          'C: {first} {last}, {dob}, and yes, this is my cell.',
          'A: Wonderful.',
        ],
      ],
      fail: [
        [
          "A: «And what's your name?»",
          'C: {first}.',
          'A: Hi {first}.',
          'N: A chart was started on a first name. Ask for the full name and the date of birth, also for new patients.',
        ],
        ["A: «We'll get your information when you come in.»", 'C: Okay.'],
      ],
    },
  ],
  readback: [
    {
      rule: 'readback',
      pass: [
        ["A: «So that's {soon} at {timeA} with Doctor {doctor} in our {office} office.»", 'C: Got it, {timeA}.'],
        [
          'A: «Okay, just to read that back, {soon}, {timeA}, {office} office, with Doctor {doctor}.»',
          'C: Yep, that works.',
          "A: And you'll get a text the day before.",
        ],
        [
          "A: «You're all set for {soon} at {timeA}, {office}, and if you can come ten minutes early for the forms, that'd be great.»",
          'C: Will do.',
        ],
      ],
      fail: [
        ["A: «Alright, you're in the book.»", 'C: Okay, great.'],
        [
          "A: «Okay, we'll see you then.»",
          'C: Wait, what day did we say?',
          "A: It'll be in the text.",
          'N: The patient had to ask when the appointment was. Close with it.',
        ],
        ["A: «You're good to go.»", 'C: Okay.'],
      ],
    },
  ],
  options: [
    {
      rule: 'options',
      pass: [
        [
          'A: «I have {soon} at {timeA}, or {later} at {timeB}. Which is better for you?»',
          'C: Uh, {soon} I think. {timeA} is good.',
        ],
        [
          'A: «I can do a morning or an afternoon. {soon}, {timeA}, or {timeB} the same day?»',
          'C: The morning. {timeA} is perfect.',
        ],
      ],
      fail: [
        [
          'A: «When did you want to come in?»',
          "C: I don't know, what do you have?",
          'A: {soon}, {timeA}.',
          'C: Okay, I guess.',
          'N: Offer two times. Asking when suits makes the patient do the searching.',
        ],
        [
          "A: «All I've got is {soon} at {timeA}.»",
          "C: Nothing else? Okay, I'll move some things around.",
          'N: Only one time was offered. A second one keeps the patient with us.',
        ],
      ],
    },
  ],
  cost: [
    {
      rule: 'cost',
      pass: [
        [
          "A: «With your plan the visit is covered at eighty percent, so I'd expect you to owe around {copay} dollars.»",
          "C: Okay, that's not too bad.",
        ],
        [
          "A: «Just so there are no surprises, it's {fee} dollars without insurance, and with yours you'd usually pay about {copay}.»",
          'C: Thank you for telling me up front.',
        ],
      ],
      fail: [
        ["C: Do you know what it's going to cost me?", "A: «You'd have to ask your insurance.»", 'C: Okay.'],
        [
          'C: And does my insurance cover that?',
          "A: «It should. We'll bill it and see.»",
          'C: I was hoping for a number.',
        ],
        [],
      ],
    },
  ],
  chat: [
    {
      maybe: [
        ['C: Is there parking over there?', "A: There's a garage on the corner and we validate for two hours."],
        [
          'C: Do I need to bring anything?',
          'A: Just your insurance card and a photo id, and a list of any medications.',
        ],
        ['C: How long should I plan for?', 'A: About an hour, sometimes a little less.'],
      ],
      chance: 0.55,
    },
  ],
  catchUp: [
    {
      maybe: [
        ['C: Is Doctor {doctor} still there? I really liked her.', "A: She is, she's here Monday through Thursday."],
        ['C: Is it still the same building?', 'A: Same building, third floor now, the elevator is on your left.'],
      ],
      chance: 0.5,
    },
  ],
  closing: [
    {
      maybe: [
        [
          'C: Oh, one more thing, can I ask about my husband? He needs one of those night guards.',
          'A: Sure. Has he been seen here before?',
          'C: Like five years ago.',
          "A: Okay, then he'd be a new patient again, so he'd need an exam first.",
          'C: Does insurance pay for those?',
          'A: Some do, usually half. If he has the same plan as you I can look.',
          'C: He does, yeah. ~20',
          'A: It says fifty percent, one every three years.',
          "C: Great, I'll tell him to call you.",
        ],
        [
          'C: Can you also change my phone number while you have me?',
          "A: Of course, what's the new one?",
          "C: It's this one I'm calling from.",
          'A: Okay, I see it. And do you want the texts to go there too?',
          'C: Yes, the texts, not the calls. I never pick up.',
          "A: That's fine, texts only. Is the email the same?",
          'C: Same email, yeah.',
          "A: You're updated.",
        ],
        [
          "C: Hey, do you guys do anything for snoring? My wife's going crazy.",
          'A: We do actually, Doctor {doctor} does an appliance for that.',
          'C: Like a mouthguard?',
          "A: Kind of. You'd need a sleep study first, from your doctor.",
          'C: Oh, a whole study.',
          'A: You can do it at home now, it takes one night.',
          "C: Huh. Okay, I'll ask about that when I'm in.",
          "A: I'll put a note so she brings it up.",
        ],
      ],
      chance: 0.15,
      unlessBad: true,
    },
    {
      outcome: {
        good: [
          [
            "C: You've been great, thank you so much.",
            'A: Aw, thank you {first}, have a wonderful {partOfDay}.',
            'C: You too, bye bye.',
          ],
          [
            'A: Is there anything else I can do for you?',
            "C: No, that's everything, I really appreciate it.",
            "A: We'll see you soon, bye.",
          ],
          ['C: Awesome, thanks {agent}.', 'A: My pleasure, take care.'],
        ],
        fair: [
          ['C: Okay, thanks.', 'A: Thank you, bye.'],
          ['C: Alright, well, thanks for checking.', 'A: Sure thing, bye now.', 'C: Bye.'],
        ],
        bad: [
          ["C: You know what, I'm going to look for another dentist.", "A: I'm sorry to hear that.", 'C: Yeah. Bye.'],
          ['C: This is really frustrating.', "A: I understand, I'm sorry.", 'C: Okay. Bye.'],
          ['C: Fine, whatever. Bye.'],
        ],
      },
    },
  ],
};
