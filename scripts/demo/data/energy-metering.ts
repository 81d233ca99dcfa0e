import { call } from './energy-blocks.ts';
import type { Scenario } from './model.ts';

/** Meters, and the calls that agents make themselves. */
export const meteringScenarios: readonly Scenario[] = [
  {
    topic: 'Smart meter not sending readings',
    direction: 'inbound',
    weight: 12,
    upset: 0.25,
    outcomes: [0.5, 0.35, 0.15],
    about: { queue: 'Metering', product: 'Electricity' },
    slots: {
      issue: ['the meter not sending your readings', 'having to read a smart meter yourself'],
      months: ['two', 'three', 'four'],
    },
    steps: call(
      {
        any: [
          [
            "C: Hi, I've got one of your smart meters, only it isn't very smart. I keep getting emails asking me for a reading.",
          ],
          ['C: Hello. My in-home display has gone blank and the app says no data for {months} months.'],
          [
            "C: Hiya. My smart meter's stopped talking to you, apparently. The letter says I have to send the numbers in by hand.",
          ],
        ],
      },
      { again: [['C: I did ring about this earlier in the week as well. I was told it would fix itself.']] },
      'acknowledge',
      'identity',
      {
        rule: 'asks',
        pass: [
          [
            'A: «When did you last see figures on the display?»',
            "C: I'd say {months} months ago. We moved it when we did the kitchen.",
            'A: And where does it sit now?',
            "C: On the windowsill in the hall, so it's further away than it was.",
          ],
          [
            'A: «What can you see on the meter itself, are there any lights on the front?»',
            'C: There are five little ones. Four of them are flashing.',
            'A: And the one marked WAN, is that flashing or is it off?',
            "C: That one's off.",
          ],
        ],
        fail: [
          [
            "A: «You'll want to turn the display off and on again.»",
            "C: I've done that. Twice.",
            'A: Okay, have you got the meter in front of you?',
            "C: I can be. The WAN light's off, if that helps.",
          ],
          ["A: «It's the signal. It's always the signal out there.»", 'C: It worked fine until {lastMonth}.'],
        ],
      },
      [
        "A: I'm going to send the meter a signal from here. It can take a minute, so I'll stay on the line. ~55",
        "A: Still here. It's thinking about it. ~25",
      ],
      {
        rule: 'explains',
        pass: [
          [
            "A: «What's happened is the part that sends your readings has lost its network, a bit like a phone with no bars. The meter still counts correctly, it just can't tell us.»",
            "C: Okay, so I'm not being overcharged?",
            "A: No. It's counting as it should.",
          ],
          [
            "A: «The meter itself is fine. It's the bit inside that connects to the network that has dropped off, and it needs to be told to join again.»",
            'C: That makes sense.',
          ],
        ],
        fail: [
          [
            'A: «The comms hub has lost its HAN pairing.»',
            'C: Its what, sorry?',
            "A: It's just not commissioned on the DCC any more.",
            'N: Leave "HAN" and "DCC" out: say that the meter has lost its signal.',
          ],
          [
            "A: «It's showing as a non-communicating asset.»",
            'C: Right, whatever that is.',
            'N: Say why in everyday words: "non-communicating asset" means nothing to a caller.',
          ],
        ],
      },
      {
        outcome: {
          good: [
            [
              "A: There we go, I've just had a reading through, from a minute ago.",
              "C: Oh, and the display's just lit up. Brilliant.",
              'A: Give it until tomorrow and the app will catch up too.',
            ],
          ],
          fair: [
            [
              "A: I've had a reply from the meter but not a reading yet. It may need to try again overnight.",
              "C: And if it doesn't?",
              "A: Then it'll need an engineer.",
              'C: Fair enough.',
            ],
          ],
          bad: [
            [
              "A: I'm not getting anything back, I'm afraid. It'll need an engineer and the first slot is three weeks away.",
              "C: Three weeks? I've already waited {months} months.",
              "A: I know, I'm sorry. That's the first one I have.",
              "C: I wish I'd kept the old meter, honestly.",
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          ["A: «I'll look at it again on {soon}, and I'll text you either way that day.»", 'C: Perfect, thanks.'],
          [
            "A: «So if there's no reading by {soon}, we book the engineer, and you'll get a text with the time.»",
            "C: Good, so I don't have to ring again.",
            "A: You don't, no.",
          ],
        ],
        fail: [
          [
            "A: «See how it goes, and give us a ring back if it's still playing up.»",
            'C: I was hoping not to have to.',
          ],
          ['A: «It should sort itself out.»', "C: Okay. We'll see."],
        ],
        ifBad: {
          pass: [
            [
              "A: «I've put you down for the engineer. You'll have a text today with the date, and if anything opens up before that I'll ring you by {soon}.»",
              "C: Okay. I suppose that's something.",
            ],
          ],
          fail: [
            ["A: «They'll be in touch about the appointment.»", 'C: When, though?', "A: I couldn't tell you."],
            ['A: «Just keep sending the readings in by hand for now.»', "C: So nothing's changed."],
          ],
        },
      },
      {
        maybe: [
          [
            'C: Do I still need to send a reading for this month?',
            'A: Yes please, just the once, so that this bill is right.',
          ],
        ],
        chance: 0.5,
      },
    ),
    summary: {
      good: 'Smart meter had stopped sending readings. The meter was reconnected from the office during the call and a reading was received.',
      fair: 'Smart meter had stopped sending readings. A signal was sent; the meter answered but gave no reading yet. To be checked again.',
      bad: 'Smart meter has sent no readings for months. Reconnecting failed and the first engineer visit is three weeks away. The caller regretted having changed meters.',
    },
    phrases: ['smart meter', 'in-home display', 'no readings', 'engineer visit', 'network signal'],
    next: {
      good: ['No further action'],
      fair: ['Check for a reading', 'Book an engineer if there is none'],
      bad: ['Engineer visit in three weeks', 'Customer to send a reading by hand meanwhile'],
    },
  },
  {
    topic: 'Prepayment top-up not showing',
    direction: 'inbound',
    weight: 8,
    upset: 0.5,
    outcomes: [0.6, 0.22, 0.18],
    about: { queue: 'Metering', product: 'Prepayment' },
    slots: {
      issue: ['your money not reaching the meter', 'you being left short on the meter'],
      amount: ['£20', '£30', '£15', '£40'],
    },
    steps: call(
      {
        mood: {
          calm: [
            ["C: Hi, I topped up {amount} at the shop this morning and it's not on the meter."],
            ["C: Hello, I've put {amount} on through the app and the meter still says I'm in emergency credit."],
          ],
          upset: [
            ["C: I've paid {amount} and I've got no electric. The freezer's going to go."],
            ["C: You've got my {amount} and I'm sat in the dark. Is that how it works?"],
          ],
        },
      },
      { again: [["C: It's the {nth} time this has happened in a week. The {nth} time."]] },
      'acknowledge',
      'identity',
      {
        rule: 'asks',
        pass: [
          [
            'A: «Where did you top up, and have you still got the receipt?»',
            "C: At the corner shop, about nine. I've got it here.",
            'A: Could you read me the long number on it?',
            'C: It starts six three three five... it goes on a bit. ~20',
          ],
          [
            'A: «What does the meter show right now, is there a message on it?»',
            'C: It says credit, then a minus sign, and then it clicked off.',
          ],
        ],
        fail: [
          ["A: «You've probably put it on the wrong card.»", "C: I've only got one card."],
          ['A: «It takes a while, you have to wait.»', "C: It's been four hours."],
        ],
      },
      ["A: I'm going to try to send it to the meter from here. ~50"],
      {
        rule: 'explains',
        pass: [
          [
            "A: «The shop took the payment, but the message to your meter got lost on the way, so the money's with us and not lost. I can send it again.»",
            "C: All right, as long as it isn't gone.",
          ],
          [
            "A: «The payment did arrive. When the meter can't get a signal it can't be told, so I'll give you a code to type in instead.»",
            'C: A code. Okay, I can do that.',
          ],
        ],
        fail: [
          [
            "A: «The vend's sat in pending because the UTRN didn't push.»",
            'C: Speak English, please.',
            "A: It's stuck.",
            'N: Say why in everyday words: "UTRN" means nothing to a caller.',
          ],
          ["A: «It's a known issue.»", "C: It's not known to me."],
        ],
      },
      {
        outcome: {
          good: [
            [
              'A: Have a look at the meter now for me.',
              'C: Hold on. ~15',
              "C: Yes! It's on, it's just come on.",
              "A: Lovely. And I've added five pounds for the trouble.",
            ],
          ],
          fair: [
            [
              "A: I've put ten pounds of emergency credit on so that you're back on tonight, and the {amount} will follow.",
              'C: Right. Well, the lights are on at least.',
            ],
          ],
          bad: [
            [
              "A: It's rejected it again. I can't get it onto the meter from here.",
              "C: So what do I do? I've got insulin in that fridge.",
              'A: I can request an engineer within four hours.',
              'C: Four hours. And nobody has even said sorry.',
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «If it drops off again tonight, ring the number on the meter and quote H seven two, and I'll call you tomorrow at ten to check.»",
            'C: H seven two. Okay.',
          ],
          [
            "A: «I'll have the top-up traced, and you'll get a text by {soon} saying it's cleared.»",
            'C: Right, thank you.',
          ],
        ],
        fail: [
          ['A: «Ring back if it goes again.»', 'C: With what electric?'],
          ['A: «It should be fine now.»', "C: It'd better be."],
        ],
        ifBad: {
          pass: [
            [
              "A: «The engineer will be with you before {clock}, he'll ring when he's ten minutes away, and I'll call you after that to check you're back on.»",
              'C: Before {clock}. Right.',
            ],
          ],
          fail: [
            ["A: «So that's been requested.»", 'C: And if nobody comes?', 'A: Ring us back.'],
            ['A: «Somebody should be out to you.»', 'C: Should be.'],
          ],
        },
      },
    ),
    summary: {
      good: 'A top-up of {amount} had not reached the prepayment meter. It was sent again during the call and supply came back.',
      fair: 'A top-up of {amount} had not reached the prepayment meter. Emergency credit was added; the top-up is being traced.',
      bad: 'A top-up of {amount} had not reached the prepayment meter and could not be sent again. An engineer was requested; the household keeps medicine in the fridge.',
    },
    phrases: ['top-up', 'prepayment meter', 'emergency credit', 'off supply', 'receipt'],
    next: {
      good: ['Check call the next day'],
      fair: ['Trace the top-up'],
      bad: ['Engineer within four hours', 'Flag the household as vulnerable'],
    },
  },
  {
    topic: 'Smart meter appointment',
    direction: 'outbound',
    weight: 7,
    upset: 0.08,
    outcomes: [0.75, 0.2, 0.05],
    about: { queue: 'Metering', product: 'Electricity' },
    slots: {
      issue: ['the mix-up with the first appointment', 'having to rearrange'],
      window: ['eight and twelve', 'twelve and four'],
    },
    steps: [
      'pickup',
      {
        rule: 'greeting',
        pass: [
          [
            'A: «Hello, this is {agent} from Harbour Energy.» Could I speak to {first} {last}, please?',
            "C: That's me.",
          ],
          ["A: «Hi there, it's {agent} from Harbour Energy.» Is now a good time?", 'C: Yes, go on.'],
        ],
        fail: [
          ["A: «Hi, I'm ringing about your meter.»", "C: Okay, who's calling?", 'A: Harbour Energy.'],
          ['A: «Hello, is that {first}?»', "C: Speaking. Who's that?"],
        ],
      },
      {
        rule: 'identity',
        pass: [
          [
            "A: «So that I know I've got the right person, could you give me your postcode and date of birth?»",
            'C: {postcode}, {dob}.',
            'A: Perfect.',
          ],
          [
            'A: «Could you confirm the first line of your address and your date of birth for me?»',
            'C: {street}. And {dob}.',
            'A: Thank you.',
          ],
        ],
        fail: [
          [
            "A: «You're at {street}, aren't you?»",
            'C: I am.',
            'N: Let the customer say the address; do not read it out to them.',
          ],
          ["A: «I've got you on my list here for a new meter.»", 'C: Have you? Okay.'],
        ],
      },
      {
        rule: 'asks',
        pass: [
          [
            "A: «Where's your meter, and is there anything in front of it?»",
            'C: Under the stairs, behind the hoover. I can clear it.',
            'A: And is anybody in during the day?',
            'C: I work from home on Fridays.',
          ],
          [
            'A: «What days are you usually at home?»',
            'C: Mornings are best, I start at two.',
            'A: And has the meter got a bit of space round it?',
            "C: It's outside, in a box.",
          ],
        ],
        fail: [
          ["A: «I've put you in for {soon}.»", 'C: I might be working that day.', "A: It's the one that's free."],
          ['A: «It needs doing, so shall we say {soon}?»', 'C: I suppose so.'],
        ],
      },
      {
        rule: 'explains',
        pass: [
          [
            "A: «It takes about an hour, and the power's off for twenty minutes of that. After that you won't have to send readings again.»",
            'C: Good. I always forget.',
          ],
          [
            "A: «The old one has come to the end of its certified life, so we have to change it. It doesn't cost you anything.»",
            'C: Okay, I did wonder.',
          ],
        ],
        fail: [
          [
            "A: «It's a mandated exchange.»",
            'C: What does that mean?',
            'A: It has to be done.',
            'N: Say why the meter has to be changed and what it costs; "mandated" sounds like a threat.',
          ],
          ["A: «It's the rollout.»", 'C: Right.'],
        ],
      },
      {
        maybe: [
          ['C: Does it work with my solar panels?', "A: It does, yes. It'll count what you send back as well."],
          ['C: Will the wifi go off?', "A: Only while the power's off. It comes back by itself."],
        ],
        chance: 0.5,
      },
      {
        outcome: {
          good: [
            [
              "A: So I've got {soon}, between {window}. Does that suit you?",
              "C: Yes, that's perfect.",
              "A: I've booked it.",
            ],
          ],
          fair: [
            [
              'A: I could do {soon} or {later}.',
              'C: Can I check with work first?',
              "A: Of course. I'll hold {later} for you until tomorrow.",
            ],
          ],
          bad: [
            [
              "C: To be honest I don't want one. I've read too much about them.",
              "A: It's up to you, but the old one does need replacing.",
              'C: You people ring every month. Please take me off the list.',
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «You'll get a text tonight to confirm, another the day before, and the engineer will ring on the way.»",
            'C: Great.',
          ],
          [
            "A: «I'll email you what we've said today, and you can change it up to the day before, {soon} included.»",
            'C: Okay, good.',
          ],
        ],
        fail: [
          ["A: «Okay, that's you.»", 'C: Do I get a confirmation?', 'A: I think it sends one.'],
          ["A: «We'll be in touch.»", 'C: Okay.'],
        ],
        ifBad: {
          pass: [
            [
              "A: «I've taken you off the list as of today, and you'll get a letter by {soon} that says how to book if you change your mind.»",
              'C: Thank you.',
            ],
          ],
          fail: [['A: «Okay, no problem.»', "C: So you'll stop ringing?", "A: I'll make a note."]],
        },
      },
      'help',
      'closingOurs',
    ],
    summary: {
      good: 'Outbound call to arrange a smart meter. Booked for {soon}, between {window}.',
      fair: 'Outbound call to arrange a smart meter. {later} is held until the customer has asked at work.',
      bad: 'Outbound call to arrange a smart meter. The customer declined and asked not to be called again.',
    },
    phrases: ['smart meter', 'appointment', 'engineer', 'meter exchange'],
    next: {
      good: ['Text confirmation', 'Engineer visit'],
      fair: ['Customer to confirm the date'],
      bad: ['Remove the customer from the call list'],
    },
  },
  {
    topic: 'Complaint call-back',
    direction: 'outbound',
    weight: 8,
    upset: 0.3,
    outcomes: [0.6, 0.25, 0.15],
    about: { queue: 'Complaints', product: 'Dual fuel' },
    slots: { issue: ['how long this has taken', 'you being passed around like that'], amount: ['£40', '£30', '£60'] },
    steps: [
      'pickup',
      {
        rule: 'greeting',
        pass: [
          [
            "A: «Hello, it's {agent} calling from Harbour Energy.» Am I speaking to {first} {last}?",
            'C: Yes, speaking.',
          ],
          [
            "A: «Good {partOfDay}, my name's {agent}, I'm calling from Harbour Energy.» Is that {first}?",
            'C: It is, yes.',
          ],
        ],
        fail: [
          ['A: «Hi, is that {first}?»', "C: Who's this?", "A: It's about your complaint."],
          ["A: «Hello, I'm ringing you back.»", 'C: Sorry, who is it?'],
        ],
      },
      {
        rule: 'identity',
        pass: [
          [
            "A: «I'm ringing about something on your account, so could you tell me your postcode and your date of birth before I say any more?»",
            "C: {postcode}, and it's {dob}.",
            "A: Thank you, that's right.",
          ],
          [
            'A: «Before I go on, could you give me the password on the account?»',
            "C: It's, um, lighthouse.",
            "A: That's the one, thank you.",
          ],
        ],
        fail: [
          [
            "A: «It's about the account at {street}, the one with the refund.»",
            "C: Yes, that's mine.",
            'N: The address was read out before the customer had said who they were.',
          ],
          ["A: «I've got your account open here, so I can go through it with you.»", 'C: Okay.'],
        ],
      },
      {
        mood: {
          calm: [["C: I was wondering if I'd hear from you."]],
          upset: [['C: You were supposed to ring on Monday. I stayed in for it.']],
        },
      },
      'acknowledge',
      {
        rule: 'asks',
        pass: [
          [
            "A: «I've read the notes, but I'd rather hear it from you. What happened?»",
            "C: I was told three different things by three different people, that's what happened.",
            'A: And what would put it right for you?',
            'C: A correct bill, and somebody saying sorry.',
          ],
        ],
        fail: [
          ["A: «So I've closed it down on our side as resolved.»", "C: It isn't resolved, though."],
          ["A: «I've got an offer for you here.»", "C: You don't even know what my complaint is."],
        ],
      },
      {
        rule: 'explains',
        pass: [
          [
            "A: «I've gone back through it. Your readings were put on next door's account by mistake, and that's why nothing we told you made sense.»",
            "C: Next door's? Well, that does explain it.",
          ],
          [
            'A: «We got this wrong. Two bills were made for the same month, and each person you spoke to was looking at a different one.»',
            'C: Right. I said there were two.',
          ],
        ],
        fail: [
          [
            'A: «It was an erroneous transfer, basically.»',
            "C: I don't know what that is.",
            'N: Say why in everyday words: "erroneous transfer" means nothing to a caller.',
          ],
          ["A: «It's an internal thing.»", "C: It's my bill."],
        ],
      },
      {
        outcome: {
          good: [
            [
              "A: I've corrected it, and I'd like to credit you {amount} to say sorry.",
              "C: That's fair. Thank you for ringing, I mean it.",
              'A: Not at all.',
            ],
          ],
          fair: [
            [
              "A: The bill's been corrected. I can offer {amount} for the trouble.",
              "C: I'll think about whether I accept that.",
              'A: Of course, take your time.',
            ],
          ],
          bad: [
            [
              'A: I can offer {amount} as a gesture.',
              'C: {amount}, for two months of this? No.',
              "A: It's the most I can do.",
              "C: Then I want it to go further. I'm not closing it.",
            ],
          ],
        },
      },
      {
        rule: 'next',
        pass: [
          [
            "A: «I'm writing to you today with all of this, and the credit will be on the account by {soon}.»",
            "C: Good. I'll look for it.",
          ],
          [
            "A: «You'll have my letter by {soon}, with my direct number and the ombudsman's, in case you need either.»",
            'C: Okay, thank you.',
          ],
        ],
        fail: [
          ["A: «So we'll leave it there for now.»", 'C: And then what?', "A: It'll stay on the system."],
          ["A: «Somebody will be in touch if there's anything else.»", 'C: Hm.'],
        ],
        ifBad: {
          pass: [
            [
              "A: «Then I'll pass it to our complaints manager today. She'll ring you by {soon}, and the offer stays open meanwhile.»",
              "C: Fine. I'll wait to hear from her.",
            ],
          ],
          fail: [["A: «Okay, I'll leave it open, then.»", 'C: And what happens now?', 'A: It stays open.']],
        },
      },
      'help',
      'closingOurs',
    ],
    summary: {
      good: 'Call-back about a complaint. The mistake was explained and put right, and a credit of {amount} accepted.',
      fair: 'Call-back about a complaint. The bill was corrected; the customer is thinking about the credit of {amount}.',
      bad: 'Call-back about a complaint. The customer refused {amount} and wants the complaint taken further.',
    },
    phrases: ['complaint', 'call back', 'corrected bill', 'goodwill credit'],
    next: {
      good: ['Send the closing letter', 'Apply the credit'],
      fair: ['Customer to decide on the credit'],
      bad: ['Escalate the complaint'],
    },
  },
];
