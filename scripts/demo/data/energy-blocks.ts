import type { Step } from './model.ts';

/** How every call from a customer begins and ends; what is between is the scenario's. */
export const call = (...between: Step[]): Step[] => ['greeting', ...between, 'aside', 'help', 'closing'];

/** What is said alike whatever the call is about. */
export const energyBlocks: Record<string, readonly Step[]> = {
  greeting: [
    {
      rule: 'greeting',
      pass: [
        ["A: «Good {partOfDay}, you're through to Harbour Energy, my name's {agent}.» How can I help?"],
        ["A: «Hello and welcome to Harbour Energy, you're speaking to {agent}.» What can I do for you today?"],
        ['A: «Thank you for calling Harbour Energy, this is {agent}.» How can I help you?'],
      ],
      fail: [
        ['A: «Hello, {agent} speaking.» What can I do for you?'],
        ['A: «Hi there, how can I help?»'],
        ['A: «Hello, customer services.»'],
      ],
    },
  ],
  pickup: [{ any: [['C: Hello?'], ['C: Hello, {first} speaking.'], ['C: Hello, yes?']] }],
  acknowledge: [
    {
      rule: 'acknowledge',
      pass: [
        ["A: «I'm sorry about {issue}. I can see why you've rung.» Let's get to the bottom of it."],
        ["A: «I'm sorry to hear that. I can imagine {issue} is the last thing you need.»", 'C: It is, really.'],
        ["A: «Thanks for telling me, and I'm sorry about {issue}.» I'll do what I can to put it right."],
      ],
      fail: [
        ['A: «Right, okay.»'],
        ["A: «Okay, let's have a look.»"],
        ['A: Mm-hm.', 'C: So, what can you do?'],
        ["A: «We're getting a lot of those at the moment.»", "C: That doesn't really help me."],
      ],
    },
  ],
  identity: [
    {
      rule: 'identity',
      pass: [
        [
          'A: «Before I open the account, could I take your full name, the first line of your address and the postcode?»',
          "C: It's {first} {last}, {street}, {postcode}.",
          'A: Thank you. And the date of birth we hold for you?',
          'C: {dob}.',
          'A: Lovely, that all matches. Thank you, {first}.',
        ],
        [
          "A: «I just need to check I'm speaking to the right person. Could you give me your name, your postcode and your date of birth?»",
          "C: Yes, it's {first} {last}, {postcode}, and {dob}.",
          'A: Thank you, {first}.',
        ],
        [
          'A: «Could I have the account number, and then a couple of security questions?»',
          "C: It's {account}.",
          'A: Thanks. And your date of birth, and the first line of your address?',
          "C: {dob}, and it's {street}.",
          "A: That's great, you're through security.",
        ],
      ],
      fail: [
        [
          'A: «Can I take the account number?»',
          "C: It's {account}.",
          "A: Thanks, I've got you here.",
          'N: An account number is not enough. Ask two security questions before you open the account.',
        ],
        [
          "A: «I can see the number you're calling from, so I've got your account up already. Is that {first}?»",
          "C: Yes, that's me.",
          'N: A known telephone number does not say who is calling. Ask two security questions first.',
        ],
        [
          "A: What's the postcode?",
          'C: {postcode}.',
          "A: «{street}, that's the one.»",
          'C: Yes.',
          'N: Let the caller say the address; do not read it out to them.',
        ],
      ],
    },
  ],
  // A second, smaller matter: what makes some calls twice as long.
  aside: [
    {
      maybe: [
        [
          "C: While I've got you, can I ask about the app? It keeps logging me out.",
          'A: Of course. Is that on a phone or a tablet?',
          "C: It's an iPad, quite an old one.",
          'A: Ah. The new version needs a newer one, I think. Does it say anything when it logs you out?',
          'C: It just goes back to the beginning.',
          "A: Then I'd use the website on that one for now. Everything that's in the app is there as well.",
          'C: Do I need a new password for that?',
          "A: No, it's the same one.",
          "C: Right. I'll try that tonight.",
        ],
        [
          "C: Can I just ask something else? My neighbour says there's a cheaper rate at night.",
          'A: There is, if you have the right meter. Do you have storage heaters, or a car you charge?',
          "C: Neither. There's the dishwasher, I suppose.",
          "A: Then it would cost you more, I'm afraid, because the day rate goes up.",
          "C: Oh. So it's not worth it.",
          'A: Not unless you can move about half of what you use to the night.',
          "C: We can't, no. I'm asleep.",
          "A: Same here. I'd leave it as it is.",
          'C: Good, that saves me the trouble.',
        ],
        [
          'C: Sorry, one more. My mother-in-law wants to be able to ring up about her own account with my help.',
          'A: Is she a customer with us as well?',
          "C: She is. She's ninety-one, and she doesn't hear very well on the phone.",
          'A: She can name you on her account. She only has to tell us once, or sign a form.',
          'C: Would she have to ring herself?',
          'A: She can do it in writing. Shall I post her the form, with a reply envelope?',
          'C: Could you? Large print, if there is any.',
          "A: There is. It's on its way to the address we have for her.",
          "C: That's really kind.",
        ],
      ],
      chance: 0.16,
      unlessBad: true,
    },
  ],
  helpShort: [
    {
      rule: 'help',
      pass: [
        ['A: «Is there anything else I can help you with today?»', 'C: No, just the money, thank you.'],
        ["A: «Is there anything else you'd like me to look at?»", "C: No. That's the only thing."],
      ],
      fail: [["A: «Okay, so that's that.»", 'C: Right, okay.'], []],
    },
  ],
  help: [
    {
      rule: 'help',
      pass: [
        ['A: «Is there anything else I can help you with today?»', "C: No, that's everything, thanks."],
        [
          "A: «Is there anything else I can do for you while you're on?»",
          'C: Actually, yes. When does my next bill come out?',
          "A: It's due on {later}, and it'll come by email.",
          "C: Great, that's all then.",
        ],
        ['A: «Before you go, was there anything else you wanted to ask me?»', "C: No, I don't think so."],
        [
          'A: «Anything else I can look at for you?»',
          'C: Have you still got my old mobile number?',
          "A: I've got one ending in four four nine.",
          "C: Oh no, that's the right one. That's all, thanks.",
        ],
      ],
      fail: [
        ["A: «Okay, so that's that.»", 'C: Right, okay.'],
        ["A: «Right, I'll let you go then.»", 'C: Oh. Okay.'],
        [],
      ],
      ifBad: {
        pass: [
          ['A: «Is there anything else I can help you with?»', "C: No. I think we've done enough for one day."],
          ["A: «Is there anything else I can look at while I've got you?»", 'C: No. Just that.'],
        ],
        fail: [['A: «Okay. Is that it?»', 'C: Apparently.'], []],
      },
    },
  ],
  closing: [
    {
      outcome: {
        good: [
          [
            "C: Thanks ever so much, {agent}, you've been really helpful.",
            "A: You're welcome, {first}. Take care now.",
            'C: And you. Bye.',
          ],
          [
            'A: Thank you for calling Harbour Energy, {first}. Have a good {partOfDay}.',
            'C: You too. Thanks again, bye.',
          ],
          ['C: That was a lot easier than I expected. Thank you.', "A: Good, I'm glad. Bye now.", 'C: Bye.'],
        ],
        fair: [
          ['C: All right. Thank you.', 'A: Thanks for calling, {first}. Goodbye.', 'C: Bye.'],
          ["C: Okay, I'll wait and see, then. Thanks.", 'A: Thank you for your patience. Bye now.'],
        ],
        bad: [
          ["C: Well, I'm not happy about it. Goodbye.", 'A: I understand, {first}. Goodbye.'],
          ["C: I'll be honest, that was a waste of half an hour.", "A: I'm sorry about that, {first}. Goodbye."],
          ['C: Fine. Bye.', 'A: Goodbye.'],
        ],
      },
    },
  ],
  closingOurs: [
    {
      outcome: {
        good: [
          [
            "C: Thanks for ringing, {agent}. It's nice when somebody does.",
            "A: You're very welcome. Goodbye, {first}.",
            'C: Bye now.',
          ],
          ['A: Thank you for your time, {first}. Have a good {partOfDay}.', 'C: And you, thanks. Bye.'],
        ],
        fair: [
          ['C: Okay. Thanks for the call.', 'A: Thank you, {first}. Goodbye.'],
          ["C: Right, I'll let you know, then.", 'A: No rush at all. Bye now.', 'C: Bye.'],
        ],
        bad: [
          ["C: I've got to go.", 'A: I understand. Goodbye, {first}.'],
          ["C: That's it? Right. Goodbye.", 'A: Goodbye.'],
        ],
      },
    },
  ],
};
