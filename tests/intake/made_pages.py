"""Invented pages of a crawl: reports, beginnings of reports behind a paywall, and what is none.

They were written before the filters' figures were first taken, the hard ones among them on
purpose: what a filter may well get wrong.
"""

from dataclasses import dataclass
from typing import Literal

Label = Literal["report", "paywall", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Made:
    label: Label
    name: str
    title: str
    body: str
    head: str = ""

    @property
    def markup(self) -> str:
        return (
            f"<!DOCTYPE html><html "
            f"lang=en><head><title>{self.title}</title>{self.head}</head><body>"
            "<nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li>"
            "<li><a href=/sport>Sport</a></li></ul></nav>"
            f"<main><article><h1>{self.title}</h1>{self.body}</article></main>"
            "<footer><p>© Quenby Courier. All rights reserved. Privacy policy. Terms.</p></footer>"
            "</body></html>"
        )


def _p(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _links(*lines: str) -> str:
    return "<ul>" + "".join(f"<li><a href=/a>{line}</a></li>" for line in lines) + "</ul>"


def _ld(free: str) -> str:
    return (
        '<script type="application/ld+json">{"@context": "https://schema.org", '
        f'"@type": "NewsArticle", "isAccessibleForFree": {free}}}</script>'
    )


_FERRY = (
    "The harbour ferry will stay, the mayor of Quenby, Tilda Marsh, said on Tuesday.",
    "“We listened,” she told the council. “People don’t want a bridge; they want this ferry.”",
    "A spokesman for the operator said that it would run twice an hour from the spring on. The "
    "council had planned to replace it with a footbridge by 2028, at a cost of £14 million.",
    "Residents of the north bank collected 4,100 signatures against the plan. Owen Pask, who "
    "started the petition, said he was relieved. “My mother has taken that boat since 1961.”",
)
_TRIAL = (
    "A baker accused of poisoning a rival’s sourdough told a court in Marlow Heath that he had "
    "only wanted to taste it.",
    "Hugo Brandt, 52, denies three counts of criminal damage. The prosecution says that he put "
    "washing powder into a starter that had been kept alive for ninety years.",
    "“I went in because the door was open,” Mr Brandt told the jury on Wednesday. Asked why he "
    "had carried a box of powder, he replied that it was on his way to the laundry.",
    "The trial, before Judge Amara Okoye, continues.",
)
_HOSPITAL = (
    "Patients waited up to nineteen hours in corridors at Saint Ebba’s hospital in January, a "
    "report by inspectors has found.",
    "The inspectors, who visited unannounced, wrote that staff were “kind and exhausted” and that "
    "two wards had no working call bells.",
    "The trust’s chief executive, Dr Lionel Fry, apologised to patients. He said that forty nurses "
    "had been hired since and that the bells had been repaired within a week.",
    "The nurses’ union called the report “a surprise to nobody”.",
)
_MINE = (
    "The last tin mine on the Orrin peninsula will close in June, its owners announced on Friday, "
    "with the loss of 212 jobs.",
    "Pellow Minerals blamed the price of electricity. Its director, Grace Tarn, said the company "
    "had “run out of ways to save it”.",
    "The member of parliament for Orrin, Sam Idowu, accused the firm of taking a public loan in "
    "March while it was planning to leave.",
    "Miners who came off the night shift said that they had learned of it from the radio.",
)
_SCHOOL = (
    "Pupils at Fennick primary school will be taught outdoors every Friday after a trial that "
    "teachers describe as a success.",
    "Absences fell by a third during the trial, according to the head teacher, Ruth Adeyemi. “They "
    "come in the rain,” she said. “It is the parents who complain.”",
    "One parent, who did not want to be named, said that his daughter had ruined two coats.",
)
_ELECTION = (
    "The Harbour Party has won the by-election in East Quenby by 37 votes after two recounts.",
    "Its candidate, Nadia Holm, said in her speech that the result was “a small majority for a "
    "small boat”. The sitting party’s Colin Reeve conceded at four in the morning.",
    "Turnout was 38 per cent, the returning officer said, the lowest since 1974.",
)
_SPORT = (
    "Orrin Rovers came from two goals down to beat Marlow Heath 3-2 and stay in the cup.",
    "Jessie Cole scored twice in the last ten minutes. “I stopped counting,” she said. “I just "
    "kept running.” Her manager, Paul Zeman, called it the best half of football he had seen.",
    "The visitors’ coach complained about a penalty that was not given. The referee declined to "
    "comment.",
)
_SCIENCE = (
    "Eels in the river Wend are returning for the first time in sixty years, biologists say.",
    "Researchers from the University of Callow counted 1,400 of them at a weir last autumn, they "
    "report in a journal of fisheries. In 2019 they had counted three.",
    "Professor Ines Calder, who led the work, thinks that the removal of a dam was decisive, but "
    "warns that one dry summer could undo it. The water company welcomed the findings.",
)

_GOOD = (
    Made("report", "ferry", "Ferry to stay, says mayor", _p(*_FERRY)),
    Made("report", "trial", "Baker tells court he only wanted a taste", _p(*_TRIAL)),
    Made("report", "hospital", "Nineteen hours in a corridor", _p(*_HOSPITAL)),
    Made("report", "mine", "Last tin mine to close | Orrin Packet", _p(*_MINE)),
    Made("report", "school", "Lessons in the rain", _p(*_SCHOOL)),
    Made("report", "election", "Harbour Party takes East Quenby by 37 votes", _p(*_ELECTION)),
    Made("report", "football", "Rovers 3-2 Heath: Cole’s late double", _p(*_SPORT)),
    Made("report", "eels", "Eels return to the Wend", _p(*_SCIENCE)),
    Made("report", "ferry, free by its data", "Ferry to stay", _p(*_FERRY), _ld("true")),
    Made("report", "trial, free by its data", "Baker on trial", _p(*_TRIAL), _ld('"True"')),
    Made(
        "report",
        "with headings and a list",
        "What the council decided on Monday",
        _p(*_FERRY[:2])
        + "<h2>The budget</h2>"
        + _p(_MINE[2], "The treasurer, Ada Quill, told members that reserves would last two years.")
        + "<ul><li>Bins will be emptied every other week.</li><li>The library stays open on "
        "Sundays.</li><li>Parking at the quay will cost £2 an hour from May.</li></ul>"
        + _p(_HOSPITAL[3]),
    ),
    Made(
        "report",
        "long, of two stories",
        "A week in the north",
        _p(*_FERRY, *_TRIAL, *_HOSPITAL, *_MINE),
    ),
    Made(
        "report",
        "interview with questions",
        "Ten minutes with Ines Calder",
        _p(
            "Ines Calder studies eels. We met her on the weir.",
            "<b>Why eels?</b>",
            "Because nobody likes them. I liked them out of pity at first, and then I looked.",
            "<b>What did you see?</b>",
            "They cross an ocean once, in one direction, and nobody has ever watched them arrive.",
            "<b>Will they stay?</b>",
            "If it rains. Ask me after the summer, and bring an umbrella for luck.",
        ),
    ),
    Made(
        "report",
        "press release",
        "Callow Water statement on the Wend",
        _p(
            "Callow Water today announced that it will remove two further weirs on the river Wend.",
            "Chief executive Martin Osei said: “We have seen what the river can do when we get out "
            "of its way.”",
            "Work begins in September and will take ten weeks. For further information call the "
            "press office.",
        ),
    ),
    Made(
        "report",
        "opinion",
        "Leave the boat alone",
        _p(
            "I have never met anybody who crossed the harbour to save time. We cross it to "
            "sit down.",
            "The council calls the ferry inefficient, and so it is. So is a bench. So is Sunday.",
            "Those who want a bridge say that it will pay for itself. Nobody has told me to whom.",
            "Leave the boat alone, and spend the money on the roof of the library, which leaks.",
        ),
    ),
    Made(
        "report",
        "obituary",
        "Walter Inskip, lighthouse keeper, 1931–2026",
        _p(
            "Walter Inskip, who kept the last manned light on the Orrin coast, has died aged 94.",
            "Born in Fennick to a cooper and a seamstress, he went to sea at fifteen and came back "
            "at twenty, because, he told this paper in 1999, “the sea had made its point”.",
            "He is survived by two daughters and a parrot.",
        ),
    ),
    Made(
        "report",
        "quotations in single marks",
        "Council ‘misled’ over tram",
        _p(
            "Councillors were ‘misled, and not for the first time’ about the cost of the tram, an "
            "auditor has found.",
            "Lena Borg said she had asked for the figures ‘nine times in writing’. The council’s "
            "leader, Tom Asher, said that he ‘did not recognise’ her account.",
            "The tram was to cost £60 million. It has cost £210 million so far.",
        ),
    ),
    Made(
        "report",
        "business results",
        "Pask Biscuits profit falls",
        _p(
            "Pask Biscuits made a profit of £3.1 million in the six months to December, 12 "
            "per cent "
            "less than a year before.",
            "The company blamed the price of butter. Finance director Joan Tello said she expected "
            "“a flatter second half”. The shares fell by 4 per cent.",
        ),
    ),
)

_HARD_GOOD = (
    Made(
        "report",
        "hard: one sentence of news",
        "Bridge shut after lorry hits pillar",
        _p("Quenby bridge was closed on Monday evening after a lorry hit a pillar, police said."),
    ),
    Made(
        "report",
        "hard: two sentences",
        "Minister resigns",
        _p(
            "The fisheries minister, Edda Lund, has resigned. She told the prime minister in a "
            "letter that she could “no longer defend the quota”."
        ),
    ),
    Made(
        "report",
        "hard: breaking, more to follow",
        "Explosion at Callow quay",
        _p(
            "An explosion has been heard near the quay in Callow, witnesses say.",
            "This is a breaking story. More follows.",
        ),
    ),
    Made(
        "report",
        "hard: two sentences without anyone speaking",
        "Snow closes Orrin road",
        _p(
            "The coast road between Orrin and Fennick is closed by snow for the third day. It is "
            "due to open again on Thursday morning."
        ),
    ),
    Made(
        "report",
        "hard: live blog",
        "Storm Hilda live: 40,000 without power",
        "".join(
            f"<article><h2>{time}</h2>{_p(post)}</article>"
            for time, post in (
                ("14:32", "The power company says that 40,000 homes are now without electricity."),
                ("14:10", "Trains between Callow and Quenby are cancelled until tomorrow."),
                ("13:55", "“Stay at home,” the chief constable, Ayo Bell, has told residents."),
                ("13:20", "A tree has fallen on the bandstand in Fennick. Nobody was hurt."),
                ("12:48", "The harbour master tells us that all boats are in."),
                ("12:05", "The first warnings were issued at noon by the weather service."),
            )
        ),
    ),
    Made(
        "report",
        "hard: live blog with short posts and times",
        "Budget as it happened",
        _p(
            "16:40 That is all from us. Thank you for reading.",
            "16:02 Opposition: “a budget for the few”.",
            "15:31 Tax on beer up by 2p.",
            "15:12 The chancellor, Piet Vance, says growth will be 1.1 per cent this year.",
            "14:50 He begins by thanking his predecessor, to laughter.",
            "14:30 The chancellor gets up. We expect him to speak for an hour.",
        ),
    ),
    Made(
        "report",
        "hard: about a paywall",
        "Courier to charge online readers",
        _p(
            "The Quenby Courier will charge its online readers from April, its editor said.",
            "Visitors who have read five articles will be told to “subscribe to continue reading”, "
            "at £4 a month. “We held out longer than most,” said the editor, Maud Perrin.",
            "A reader of forty years, Len Pask, said that he would go to the library.",
        ),
    ),
    Made(
        "report",
        "hard: about paywalls, with the words of one",
        "Court rules on subscription traps",
        _p(
            "Publishers must let subscribers leave as easily as they came, a court has ruled.",
            "The judge, Celia Hart, said that “cancel any time” had to mean what it says. Readers "
            "had told the court of forty minutes on the telephone.",
            "The publishers’ association said it would appeal.",
        ),
    ),
    Made(
        "report",
        "hard: subscribers among the news",
        "Theatre saved by its members",
        _p(
            "Nine hundred people have become members of the Fennick Playhouse to save it from "
            "closing, its director said on Sunday.",
            "Members pay £5 a month. In return they may sit in on rehearsals, read the scripts and "
            "complain, said Bea Lomax. “They have joined to continue a quarrel,” she added.",
        ),
    ),
    Made(
        "report",
        "hard: not free by its data, yet all there",
        "Inside the last tin mine",
        _p(*_MINE, *_HOSPITAL, *_TRIAL[:3], *_FERRY),
        _ld("false"),
    ),
    Made(
        "report",
        "hard: all there, with an appeal at its end",
        "Eels return to the Wend",
        _p(
            *_SCIENCE,
            *_SCHOOL,
            *_MINE,
            *_HOSPITAL,
            "Subscribe to our newsletter to get the best of the Courier every Friday.",
        ),
    ),
    Made(
        "report",
        "hard: short, with an appeal for the newsletter",
        "Harbour seal named Kevin",
        _p(
            "Children in Quenby have named the harbour’s new seal Kevin, the aquarium said.",
            "It had asked for suggestions in May. “We hoped for Neptune,” its director, Flo Marsh, "
            "admitted. A vote among 600 pupils was not close.",
            "Sign up for our newsletter for more stories like this.",
        ),
    ),
    Made(
        "report",
        "hard: about cookies and consent",
        "Regulator fines site over cookies",
        _p(
            "A travel site has been fined £2 million because it had no button to reject all "
            "cookies, the regulator said.",
            "Its banner offered “accept all” in green and “manage preferences” in grey. The "
            "commissioner, Iris Vane, called that “a maze with one lit door”.",
            "The company, Farelo, said it would appeal and that it took the privacy of its "
            "visitors "
            "seriously. It must ask 4 million people for their consent again.",
        ),
    ),
    Made(
        "report",
        "hard: about an error page",
        "Council site says ‘page not found’ for a week",
        _p(
            "Residents who wanted to pay their council tax in Fennick have been told “404: "
            "page not "
            "found” for a week.",
            "The council said that a contractor had deleted the wrong folder. “We are sorry,” a "
            "spokeswoman said, and promised that nobody would be fined.",
        ),
    ),
    Made(
        "report",
        "hard: a title that begins with a number of an error",
        "500 errors in a single exam paper, teachers say",
        _p(
            "An examination in geography had some 500 errors in it, teachers in Callow have "
            "counted.",
            "The board said that it was “looking into” them.",
        ),
    ),
    Made(
        "report",
        "hard: privacy policy in the news",
        "Privacy policy: what the new law changes",
        _p(
            "Companies must write their privacy policies in words that a child of twelve can read, "
            "under a law that parliament passed on Tuesday.",
            "The minister, Ola Friis, said he had tried it on his niece. Lawyers warned that it "
            "would be ruled on for years.",
        ),
    ),
    Made(
        "report",
        "hard: pictures among prose",
        "In pictures: the night the bandstand fell",
        _p(
            "A tree fell on the bandstand in Fennick on Saturday. Nobody was hurt, police said.",
            "The bandstand on Sunday morning. Photo: Gil Asher",
            "The mayor, Kit Ross, said that it would be rebuilt before the summer: “We have "
            "a brass "
            "band with nowhere to sit.”",
            "Kit Ross at the scene. Photo: Gil Asher",
            "The tree, an elm of some 200 years, had been inspected in March and found healthy, a "
            "council report shows. Its inspector could not be reached.",
        ),
    ),
    Made(
        "report",
        "hard: results with little prose",
        "Flower show: all the winners",
        _p(
            "Ida Pask won the gold medal of the Quenby flower show for the fourth year, the judges "
            "announced on Sunday. “I talk to them,” she said of her dahlias.",
            "Roses: Tom Asher.",
            "Sweet peas: Lena Borg.",
            "Best novice: Jo Adeyemi.",
        ),
    ),
    Made(
        "report",
        "hard: letters to the editor",
        "Letters: the ferry, the tram and the elm",
        _p(
            "Sir, your columnist says that nobody crosses the harbour to save time. I do, daily.",
            "Len Pask, Quenby",
            "Sir, the elm should have been felled in March. I wrote to the council then.",
            "Dr Una Holt, Fennick",
            "Sir, what tram?",
            "Name and address supplied",
        ),
    ),
    Made(
        "report",
        "hard: quotation alone",
        "Quote of the day",
        _p("“I have not read the report, and I stand by every word of it.” Colin Reeve, on radio."),
    ),
    Made(
        "report",
        "hard: recipe of a wall in a column",
        "My war with the subscribe button",
        _p(
            "I wanted to read about eels. “Already a subscriber?” asked the page. I was. It "
            "did not "
            "believe me.",
            "It told me to log in, then that I had logged in too often, and at last showed me a "
            "picture of a traffic light. My wife read me the eels aloud from the paper.",
        ),
    ),
    Made(
        "report",
        "hard: correction",
        "Correction: Pask Biscuits",
        _p(
            "An earlier version of our report of 3 March said that Pask Biscuits had made a loss. "
            "It made a profit of £3.1 million. We are sorry for the error."
        ),
    ),
)

_STUBS = (
    Made(
        "paywall",
        "subscribe to continue",
        "Ferry to stay, says mayor",
        _p(*_FERRY[:2], "Subscribe to continue reading"),
    ),
    Made(
        "paywall",
        "already a subscriber",
        "Baker on trial",
        _p(*_TRIAL[:2], "Already a subscriber? Log in"),
    ),
    Made(
        "paywall",
        "for subscribers only",
        "Nineteen hours in a corridor",
        _p(_HOSPITAL[0], "This article is for subscribers only. Subscribe from £1 a week."),
    ),
    Made(
        "paywall",
        "limit reached",
        "Last tin mine to close",
        _p(*_MINE[:2], "You have reached your limit of free articles this month."),
    ),
    Made(
        "paywall",
        "register",
        "Lessons in the rain",
        _p(_SCHOOL[0], _SCHOOL[1], "Register for free to read the rest of this article."),
    ),
    Made(
        "paywall",
        "member exclusive",
        "East Quenby by 37 votes",
        _p(_ELECTION[0], "This story is exclusive to members. Become a member to keep reading."),
    ),
    Made("paywall", "by its data alone", "Rovers 3-2 Heath", _p(*_SPORT[:2]), _ld("false")),
    Made("paywall", "by its data, as text", "Eels return", _p(*_SCIENCE[:2]), _ld('"False"')),
    Made(
        "paywall",
        "breaks off, by its data",
        "A week in the north",
        _p(*_FERRY, *_TRIAL, "The inspectors, who visited unannounced, wrote that…"),
        _ld("false"),
    ),
    Made(
        "paywall",
        "unlock",
        "Pask Biscuits profit falls",
        _p(
            "Pask Biscuits made a profit of £3.1 million in the six months to December.",
            "Unlock this story: try the Courier for four weeks for £1. Cancel any time.",
        ),
    ),
    Made(
        "paywall",
        "offer with prices",
        "Council ‘misled’ over tram",
        _p(
            "Councillors were ‘misled, and not for the first time’ about the cost of the tram.",
            "Choose your subscription",
            "Digital: £5 per month. Full digital access to all stories.",
            "Print and digital: £9 per month.",
            "Cancel at any time.",
        ),
    ),
    Made(
        "paywall",
        "continue button",
        "Inside the cabinet’s longest night",
        _p(
            "It was ten past two when the chancellor, Piet Vance, put down his pen and asked for "
            "a sandwich.",
            "Nobody in the room moved.",
            "Continue reading with a free trial",
        ),
    ),
    Made(
        "paywall",
        "sign in",
        "Storm Hilda: who pays?",
        _p(
            "Insurers expect claims of £90 million after storm Hilda, their association said.",
            "To continue reading, please sign in or create an account.",
        ),
    ),
    Made(
        "paywall",
        "premium article",
        "The eel whisperer",
        _p(
            "Ines Calder stands to her waist in the Wend and does not shiver.",
            "Premium article",
            "You are not logged in. Log in to read this article.",
        ),
    ),
    Made(
        "paywall",
        "wall outside the article",
        "Minister’s letter in full",
        _p(
            "Edda Lund’s letter to the prime minister runs to four pages, of which the first is "
            "polite.",
            "In it the former minister says that she was told of the quota by a journalist.",
        )
        + "<div class=gate><h3>Want to read on?</h3>"
        "<button>Subscribe to keep reading</button></div>",
    ),
    Made(
        "paywall",
        "rest for supporters",
        "Notes from the weir",
        _p(
            "This week: three herons, a trolley and a letter from the water company.",
            "The rest of this story is for paying subscribers.",
        ),
    ),
    Made(
        "paywall",
        "by content tier",
        "Reeve concedes",
        _p(_ELECTION[1]),
        '<meta property="article:content_tier" content="locked">',
    ),
    Made(
        "paywall",
        "one paragraph and its data in a graph",
        "Elm inspected",
        _p("The elm that fell on the bandstand had been inspected in March, records show."),
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": '
        '"NewsArticle", "isAccessibleForFree": false}]}</script>',
    ),
    Made(
        "paywall",
        "hard: breaks off without a word",
        "How the tram came to cost £210 million",
        _p(
            "In the spring of 2019 Lena Borg opened a spreadsheet with eleven sheets and "
            "found that "
            "the twelfth…",
            "Get unlimited access",
        ),
    ),
    Made(
        "paywall",
        "hard: asked in other words",
        "The lighthouse and the parrot",
        _p(
            "Walter Inskip’s parrot speaks only in shipping forecasts.",
            "Good journalism costs money. Support us and get the whole story with a digital pass.",
        ),
    ),
    Made(
        "paywall",
        "hard: nothing but the beginning",
        "Who owns the quay?",
        _p(
            "The quay at Callow has belonged to nobody since 1840, the land registry confirmed. "
            "Four companies disagree…"
        ),
    ),
    Made(
        "paywall",
        "hard: a long beginning",
        "Two years under the Wend",
        _p(*_SCIENCE, *_SCHOOL[:2], "Subscribe now to read the full story."),
    ),
)

_NONE = (
    Made(
        "boilerplate",
        "not found",
        "Page not found | Quenby Courier",
        _p(
            "Sorry, the page you are looking for could not be found. It may have been moved.",
            "Try our home page, or search for what you need.",
        ),
    ),
    Made("boilerplate", "404", "404", _p("The requested URL was not found on this server.")),
    Made(
        "boilerplate",
        "robot check",
        "Just a moment...",
        _p(
            "Checking your browser before accessing courier.example.",
            "This process is automatic. Your browser will redirect to your content shortly.",
        ),
    ),
    Made(
        "boilerplate",
        "javascript",
        "Quenby Courier",
        _p("Please enable JavaScript to view this page. It will not work without it."),
    ),
    Made(
        "boilerplate",
        "access denied",
        "Access Denied",
        _p("You don't have permission to access this page on this server. Reference ID 18.af2."),
    ),
    Made(
        "boilerplate",
        "not in your region",
        "Orrin Packet",
        _p(
            "We're sorry. This content is not available in your region for legal reasons.",
            "Please contact us if you believe that this is an error.",
        ),
    ),
    Made(
        "boilerplate",
        "maintenance",
        "Site maintenance",
        _p("We are down for maintenance and will be back in an hour. Thank you for your patience."),
    ),
    Made(
        "boilerplate",
        "service unavailable",
        "503 Service Unavailable",
        _p("The server is temporarily unable to service your request. Please try again later."),
    ),
    Made(
        "boilerplate",
        "consent",
        "Before you continue",
        _p(
            "We value your privacy. We and our 742 partners store and access information on a "
            "device, such as cookies, and process personal data for personalised ads and content.",
            "With your consent we may use precise location data. Some partners rely on their "
            "legitimate interest.",
            "Accept all. Reject all. Manage preferences.",
        ),
    ),
    Made(
        "boilerplate",
        "consent, long",
        "Quenby Courier",
        _p(
            "We use cookies and similar technologies to run this site and to understand how it is "
            "used. By clicking “Accept all” you agree to our use of them.",
            "You can manage your settings at any time. Your choices apply to this site only and "
            "will be kept for six months.",
            "We and our partners use your data to show personalised advertising, to measure it and "
            "to develop our products. Some vendors process it on the basis of legitimate interest, "
            "to which you may object.",
            "You may withdraw your consent in our cookie policy.",
        ),
    ),
    Made(
        "boilerplate",
        "front page",
        "Latest news",
        _links(
            "Ferry to stay, says mayor",
            "Baker tells court he only wanted a taste",
            "Nineteen hours in a corridor",
            "Last tin mine to close",
            "Eels return to the Wend",
            "Harbour seal named Kevin",
        ),
    ),
    Made(
        "boilerplate",
        "section of headlines with times",
        "Sport | Orrin Packet",
        _p(
            "Rovers 3-2 Heath: Cole’s late double",
            "2 hours ago",
            "Zeman signs new contract until 2029",
            "5 hours ago",
            "Callow Ladies out of the cup",
            "Yesterday",
            "Fixtures for the weekend",
            "Yesterday",
        ),
    ),
    Made(
        "boilerplate",
        "tag page with beginnings",
        "Ferry - all stories",
        _p(
            "Ferry to stay, says mayor",
            "The harbour ferry will stay, the mayor of Quenby, Tilda…",
            "Petition against bridge",
            "Residents of the north bank have collected more than…",
            "Bridge or boat? Have your say",
            "Read more",
            "Older stories",
        ),
    ),
    Made(
        "boilerplate",
        "gallery",
        "In pictures: flower show",
        _p(
            "1 of 6 Ida Pask with her dahlias. Photo: Gil Asher",
            "2 of 6 Roses by Tom Asher. Photo: Gil Asher",
            "3 of 6 The judges at tea. Photo: Gil Asher",
            "4 of 6 Sweet peas. Photo: Gil Asher",
            "5 of 6 A wet dog. Photo: Gil Asher",
            "6 of 6 The winners. Photo: Gil Asher",
        ),
    ),
    Made(
        "boilerplate",
        "gallery of agencies",
        "The week in pictures",
        _p(
            "A fisherman mends a net in Callow. (Photo by Rae Lund/Handout)",
            "Fans of Orrin Rovers celebrate at the final whistle. (Photo by Rae Lund/Handout)",
            "A heron stands on a trolley in the Wend. (Photo by Jon Tarn/Handout)",
            "Snow covers the coast road near Fennick. (Photo by Jon Tarn/Handout)",
        ),
    ),
    Made(
        "boilerplate",
        "terms",
        "Terms and conditions",
        _p(
            "These terms govern your use of this site. By using it you accept them in full.",
            "We may change these terms at any time. You must not copy any part of the site without "
            "our permission in writing.",
            "Nothing in them affects your rights under the law.",
        ),
    ),
    Made(
        "boilerplate",
        "privacy policy",
        "Privacy policy | Orrin Packet",
        _p(
            "We take your privacy seriously. This page explains what data we collect about you.",
            "We keep your address for as long as you have an account with us.",
            "You may ask us at any time to delete your data.",
        ),
    ),
    Made(
        "boilerplate",
        "about us",
        "About us",
        _p(
            "The Quenby Courier has been published since 1871. Our newsroom has nine reporters.",
            "We belong to our readers. To place an advertisement, call us on weekdays.",
        ),
    ),
    Made(
        "boilerplate",
        "log in",
        "Log in",
        _p("Enter your email address and your password.", "Forgotten your password?"),
    ),
    Made(
        "boilerplate",
        "newsletter",
        "Newsletters",
        _p(
            "Get the best of the Courier in your inbox every morning.",
            "Choose what you would like to receive. You can unsubscribe at any time.",
        ),
    ),
    Made(
        "boilerplate",
        "search results",
        "Search results for “ferry”",
        _p("42 results", "Ferry to stay", "Ferry timetable", "Petition", "Next page"),
    ),
    Made(
        "boilerplate",
        "a video and nothing else",
        "Watch: heron on a trolley",
        _p("Watch the heron on a trolley in the Wend."),
    ),
    Made(
        "boilerplate",
        "timetable",
        "Ferry times",
        "<table>"
        + "".join(
            f"<tr><td>{h}:00</td><td>North quay</td><td>South quay</td></tr>" for h in range(6, 20)
        )
        + "</table>",
    ),
    Made(
        "boilerplate",
        "shop",
        "Courier mug",
        _p("Courier mug", "£8.50", "In stock", "Add to basket", "Delivery in 3 to 5 days"),
    ),
    Made(
        "boilerplate",
        "parked domain",
        "courier.example",
        _p("This domain is for sale. Make an offer today.", "Related searches", "News", "Ferries"),
    ),
    Made(
        "boilerplate",
        "hard: weather in sentences",
        "Weather",
        _p("Cloudy.", "High 14. Low 6.", "Wind from the west.", "Sunrise 6:12.", "Sunset 18:40."),
    ),
    Made(
        "boilerplate",
        "hard: soft error with prose",
        "Quenby Courier",
        _p(
            "Well, this is embarrassing. The story that you wanted has gone fishing.",
            "While you wait, why not try our crossword, or read about eels?",
        ),
    ),
    Made(
        "boilerplate",
        "hard: list of links in whole sentences",
        "Today’s top stories",
        _links(
            "The harbour ferry will stay, the mayor says.",
            "A baker tells a court that he only wanted a taste.",
            "The last tin mine will close in June.",
            "Eels return to the Wend after sixty years.",
            "Children name a seal Kevin.",
        ),
    ),
    Made(
        "boilerplate",
        "hard: competition rules",
        "Win a year of biscuits",
        _p(
            "Answer the question to win a year’s supply of biscuits from Pask.",
            "Entrants must be over 18 and live in Quenby. The editor’s decision is final.",
        ),
    ),
    Made(
        "boilerplate",
        "hard: gallery with captions in sentences",
        "Storm Hilda: your pictures",
        _p(
            "A tree lies across the bandstand in Fennick on Saturday evening.",
            "Waves break over the quay at Callow as the storm arrives.",
            "A trampoline hangs from a chimney in East Quenby.",
            "Firemen pump water out of the library’s cellar.",
        ),
    ),
)

PAGES: tuple[Made, ...] = _GOOD + _HARD_GOOD + _STUBS + _NONE
