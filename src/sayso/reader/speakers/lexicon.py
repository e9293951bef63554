"""Words that the rules for names and speakers look up: titles, roles, kinds of bodies.

Nothing here says whether a first name is a man's or a woman's: gender comes from the
article's own titles, nouns and pronouns.
"""


def words(listed: str) -> frozenset[str]:
    """A table, from its words with blanks between them."""
    return frozenset(listed.split())


MALE_TITLES = words(
    "mr sir lord king prince baron viscount father brother fr señor signor monsieur herr"
)
FEMALE_TITLES = words(
    """
    mrs ms miss dame lady queen princess baroness countess duchess sister mme madam señora
    signora madame mademoiselle frau datin
    """
)

ABBREVIATIONS = words(
    """
    mr mrs ms dr prof rev fr st sen sens rep reps gov govs gen lt col sgt capt maj cmdr adm
    insp det supt cllr hon pres sec jr sr messrs mt vs no asst dep atty dist ald br cpl pvt
    """
)
"""Short forms after which a full stop doesn't end the name or the sentence."""

TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | words(
        """
    mx dr doctor prof professor rev reverend pastor rabbi imam bishop archbishop cardinal
    pope saint hon honourable honorable right sen sens senator senators rep reps
    representative congressman congresswoman gov govs governor mayor president pres
    vice-president vice premier prime minister taoiseach chancellor secretary undersecretary
    attorney solicitor general admiral gen adm colonel col major maj captain capt lieutenant
    lt commander cmdr sergeant sgt corporal cpl private pvt pte constable pc inspector insp
    detective det superintendent supt sheriff marshal commissioner chief deputy assistant
    judge justice magistrate coroner coach councillor councilman councilwoman councilor cllr
    alderman speaker chairman chairwoman chair chairperson director ambassador envoy consul
    emperor empress sultan emir sheikh ayatollah mullah comrade provost principal
    headteacher headmaster headmistress president-elect co-chair spokesman spokeswoman
    spokesperson leader whip treasurer delegate nominee candidate editor correspondent
    reporter columnist critic producer host anchor presenter executive officer manager
    analyst economist strategist adviser advisor aide attaché counsel barrister lawyer
    advocate qc mp mep msp td mla am striker midfielder defender goalkeeper keeper winger
    skipper coxswain pilot nurse teacher student farmer researcher scientist historian
    author writer novelist poet actor actress singer rapper comedian filmmaker artist
    architect engineer businessman businesswoman entrepreneur billionaire activist
    campaigner organizer organiser committeeman committeewoman challenger assemblyman
    assemblywoman frontrunner front-runner operative pollster consultant donor surrogate
    pundit blogger veteran tycoon mogul publican rival newcomer star republican democrat
    libertarian dj shopkeeper grocer abbot haulier adv investigator resident neighbour
    neighbor witness referee umpire boss founder owner dc dci pcso wpc trooper firefighter
    brigadier commodore patriarch canon haji hajji shaikh ustad pandit shri smt dato datuk
    """
    )
)
"""Words that may stand before a name, in lower case and without full stops."""

COMPOUND_TITLES = (
    "secretary of state",
    "secretary general",
    "attorney general",
    "chief of staff",
    "chancellor of the exchequer",
    "leader of the opposition",
    "speaker of the house",
)

HONOURS = words(
    """
    jr sr ii iii iv mp mep msp kc qc obe mbe cbe md phd esq dds rn frs sc cbi
    """
)
"""What may follow a name; only the generations ("Jr", "III") are part of it."""

GENERATIONS = frozenset(["jr", "sr", "ii", "iii", "iv"])

PARTICLES = words(
    """
    de la del della der den van von vom zu bin ibn bint al el da dos das du di le ter ten af
    y e ap ab ní ó mac san arap
    """
)

ORGANISATIONS = words(
    """
    academy administration agency alliance army assembly associates association authority
    bank board bbc body broadcaster brewery brothers bureau business cabinet campaign caucus
    centre center chamber charity church city class club coalition college collective
    commission committee community companies company confederation conference congress
    consortium cooperative co-operative corp corporation corps council county court courts
    daily department directorate dispatch division embassy enterprises estates executive
    exchange express federation festival firm fleet force forces forum foundation fund
    gazette government group guard guild herald holdings hospital hotel house inc industries
    initiative inquiry inspectorate institute institution international journal laboratory
    labs league library limited llc llp ltd mail media ministry museum mutual nations navy
    network news newspaper pac commons lords parliamentary office opera orchestra
    organisation organization panel parliament partners partnership party plc police post
    press project publishers railway regiment registry regulator republic reserve review
    rovers school sciences senate service services society solutions standard station studio
    studios summit synod systems team technologies telegraph television theatre theater
    times town trade treasury tribune tribunal trust tv unit united union unions
    universities university watch watchdog workers works athletic energy airlines airways
    motors pharmaceuticals records radio software entertainment electronics pictures wire
    """
)
"""A name that ends in (or, before "of", begins with) one of these is a body's."""

ORGANISATION_NOUNS = ORGANISATIONS | words(
    """
    administration airline bakery band camp carmaker chain charity clinic commune council
    court developer employer franchise giant gallery hospice insurer jury kremlin lender
    lobby magazine maker manufacturer monarchy movement newsroom operator outfit outlet
    paper parish party portal provider publisher quango retailer secretariat shop side
    startup start-up store studio supermarket supplier taskforce think-tank thinktank
    website squad utility troupe vendor white pentagon state states nation country borough
    district province fire ambulance pub restaurant surgery prison mill colliery shipyard
    factory plant
    """
)

DOCUMENTS = words(
    """
    account act ad advert advertisement affidavit agreement album analysis announcement
    appeal appendix application article assessment audit ballot bible bill biography blog
    book briefing brochure bulletin campaign catalogue census chapter charge charter
    circular claim code column comment communique communiqué complaint constitution contract
    copy data decision declaration decree diary directive document documents dossier draft
    editorial email e-mail emails entry essay estimate evidence exhibit feature figures file
    filing film filings findings footage forecast form graphic guidance guide guidelines
    handbook headline indictment index inscription instruction interview invitation invoice
    item judgment judgement label law lawsuit leaflet legislation letter letters list log
    magazine manifesto manual manuscript memo memoir memorandum message minutes motion motto
    novel note notes notice notification obituary op-ed order pamphlet papers passage
    petition photo photograph picture image piece placard plan plaque platform play poem
    policy poll polls polling poster post press proclamation profile programme program
    projection proposal prospectus query questionnaire rating receipt recipe record
    recording records regulation regulations release remarks report reports research
    resolution results review ruling rule rules rumour rumors rumours script section
    sentence series sign slogan song speech spreadsheet statement statements statistics
    statute story strategy studies study submission subpoena suit summary summons survey
    surveys table tablet tape testimony text tombstone trailer transcript transcripts
    translation treaty tweet tweets verdict version video warning warrant website will work
    wording writ
    caption card postcard
    ads advertisements adverts amendment articles average averages banner banners billboard
    billboards blogs books breakdown brief briefs captions cards certificate certificates
    chalkboard chart charts clipping clippings commercials communications constitutions
    deposition depositions diaries documentary editorials essays experiment experiments flyer
    flyers footnote graph graphs homepage images indictments inscriptions lawsuits leaflets
    ledger ledgers logs manuals map memoirs memos newsletter newsletters noticeboard novels
    orders page pages pamphlets photographs photos placards plans plaques playbook playbooks
    policies postings posts proposals readout recordings register reporting rulings simulation
    simulations skit slogans songs sticker stickers stories tally test tests textbook
    textbooks tracker treaties videos webpage
    """
)

GROUPS = words(
    """
    activists advisers advisors advocates aides allies americans analysts athletes audience
    authorities backers bosses brits campaigners children citizens clients colleagues
    commentators commuters conservatives critics crowd customers delegates democrats
    detractors diplomats directors doctors drivers economists employees engineers
    environmentalists everyone executives experts families family fans farmers fellow
    firefighters fishermen forecasters friends growers historians hunters inspectors
    investigators investors jews journalists jurors lawmakers lawyers leaders leadership
    liberals listeners locals majority managers mayors members men ministers mothers mps
    neighbours neighbors nurses observers officers officials onlookers opponents organisers
    organizers others owners parents participants passengers patients people players
    politicians prosecutors protesters protestors public pupils readers relatives reporters
    republicans researchers residents respondents retailers scholars scientists senators
    shareholders shoppers sources specialists spectators staff staffers strategists students
    superdelegates supporters survivors teachers teenagers tories tourists traders
    travellers trustees users viewers villagers visitors volunteers voters watchers
    witnesses women workers youths world media many most some several few both all percent
    country nation markets thousands hundreds dozens number half more bookmakers pollsters
    pundits rivals detectives
    backbenchers councillors electorate headteachers hoteliers landlords peers soldiers
    tenants vice-chancellors
    """
)

FEMALE_NOUNS = words(
    """
    actress aunt bride businesswoman chairwoman congresswoman councilwoman daughter ex-wife
    fiancée girl girlfriend goddaughter granddaughter grandmother headmistress heiress
    hostess landlady mother mum mom niece nun policewoman saleswoman schoolgirl sister
    spokeswoman stepdaughter stepmother stewardess waitress widow wife woman
    """
)
MALE_NOUNS = words(
    """
    boy boyfriend brother businessman chairman congressman councilman cowboy craftsman dad
    ex-husband father fiancé fisherman gentleman grandfather grandson headmaster husband
    landlord man monk nephew policeman priest salesman schoolboy son spokesman stepfather
    stepson tradesman uncle waiter widower
    """
)

PERSON_NOUNS = words(
    """
    accountant apprentice assassin assistant attendant bandit burglar bystander chef claimant
    clerk client coastguard colleague cook defendant dissident expert guard guest guru hermit
    host immigrant incumbent infant informant inhabitant inmate lieutenant lifeguard matriarch
    merchant migrant militant nurse occupant opponent orphan parent participant patient
    patriarch peasant person pilgrim pirate plaintiff rebel recruit relative respondent sergeant
    servant shepherd steward successor suspect teen tenant thief thug twin vicar victim
    vigilante youth
    """
)
"""Persons whose noun has no ending that tells so."""

NOT_PERSONS = words(
    """
    accelerator adapter adaptor agree alligator anchor answer anterior armor armour assist
    banner bee beer behavior behaviour bellwether better bigger bitter blacklist bladder
    blazer blunder boiler border brighter broader browser buffer bumper bunker burger busier
    butter buzzer calculator calendar cancer career cellar center centre chamber chapter
    character charger charter cheaper checklist cleaner clearer clever closer cluster coffee
    colder color colour committee computer consider consist container converter cooler
    copper corner corridor costlier counter cover cracker cruiser cyber danger darker decree
    deeper degree detector dinner disaster disorder door drawer dresser drier earlier easier
    elder elevator encounter endeavor equator error escalator ether exist exterior factor
    fairer falter faster favor favour feather fee fever fewer filibuster finer finger
    firepower firmer fist flavor flavour floor flour flower flyer folder free freer freezer
    frontier furor further gender generator ginger gist greater guardian hammer hamper
    hamster hanger happier harbor harbour harder header healthier heater heavier heist
    helicopter higher honor honour horror hotter hour human humor humour incinerator indoor
    inner insist interior jubilee junior kilometer kilometre kinder knee labor labour ladder
    lander larger laser later latter layer leather lesser letter lever lighter likelier list
    liver lobster locker longer louder lower lumber major maneuver manner marker master
    matter median member merger messier metaphor meter milder minor mirror mist monitor
    monster motor mower murder narrower nearer newer newsletter number odor odour offer
    older opener order otter ouster outdoor oversee oyster paper parlor parlour pedigree
    peer pepper per persist pier platter playlist poor poorer poster pour powder power
    prayer predictor prefer printer prior processor projector propeller proper quarter
    quicker quieter radiator rather razor reactor referee refrigerator register remainder
    reminder resist richer rigor rigour river rocker roster rougher rubber rudder rumor
    rumour safer saucer scooter sector senior sensor server sharper sheer shelter shorter
    shortlist shoulder shower shutter silver simpler slaughter sleeper slimmer slipper
    slower smaller smoother sober softer somber sooner sounder specter spider splendor
    spoiler starter steeper sticker stricter stronger subcommittee sugar summer super
    supercomputer superior swagger taller tanker taser teleprompter temper tender tenner
    tenor terror theater theatre thicker thinner three thriller tier tiger tighter timber
    timer toffee together tougher tour tower tractor trailer transfer transgender trawler
    tree trigger tumor tumour twist undercover upper utter vapor vapour victor vigor waist
    warmer water weaker weather wetter whatever whisper whoever wider wilder winner winter
    wrist younger zipper
    """
)
"""What looks like a noun of persons by its ending, and is none."""

KIN = words(
    """
    aunt brother child children cousin dad daughter family father fiancé fiancée girlfriend
    boyfriend granddaughter grandfather grandmother grandson husband mother mum mom
    neighbour neighbor nephew niece parents partner sister son uncle widow widower wife
    ex-wife ex-husband friend friends colleague
    """
)
"""Somebody's somebody: "his wife" is herself, not the last woman named."""

PET_NAMES = {
    **dict.fromkeys(words("mum mummy mam mom mommy mother mama"), "mother"),
    **dict.fromkeys(words("dad daddy father papa"), "father"),
    **dict.fromkeys(words("gran granny grandma nan nana"), "grandmother"),
    **dict.fromkeys(words("grandad grandpa"), "grandfather"),
}
"""What kin are called by those close, as if by name, with the noun for it."""

ANONYMOUS = words(
    """
    source sources insider insiders friend friends aide aides adviser advisers advisor advisors
    spokesman spokeswoman spokesperson spokesmen spokespeople lawyer lawyers solicitor attorney
    agent publicist neighbour neighbor neighbours neighbors relative relatives official officials
    associate associates ally allies colleague colleagues confidant confidante acquaintance
    """
)
"""Those who speak without a name, for or about another who has one."""

NOT_NAMES = words(
    """
    a an the this that these those i me my mine myself you your he him his she her it its we
    us our they them their who whom whose which what where when why how if as at by for from
    in into of off on onto out over to under until up upon with within without about above
    across after against along among around because before behind below beneath beside
    besides between beyond but and or nor so yet although though while whereas since unless
    despite during except inside near outside than through throughout toward towards via not
    no yes none nobody nothing never ever always again also already even only just still too
    very then there here now today tonight yesterday tomorrow meanwhile however instead
    indeed perhaps maybe moreover nevertheless otherwise therefore thus earlier later last
    next first second third finally once twice one two three four five six seven eight nine
    ten eleven twelve dozens hundreds thousands millions half more most many much few
    several some any all both each every either neither other others another such same own
    asked speaking according added adding is are was were be been being am do does did has
    have had will would can could may might shall should must let lets get got go going come
    make made take see say says said tell told think like well oh ok okay dear please thanks
    thank hello hi sorry so-called former ex late born based given amid following including
    regarding unlike q pm est gmt bst updated published exclusive breaking opinion analysis
    photo image picture video watch read related share remember meet enter welcome
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays
    thursdays fridays saturdays sundays january february march april june july august
    september october november december jan feb mar apr jun jul aug sept sep oct nov dec
    christmas easter ramadan thanksgiving it's that's he's she's there's they're we're
    you're i'm i've i'd i'll what's who's don't didn't can't won't isn't wasn't doesn't
    here's let's
    """
)
"""Words that are no name, nor the start of one, even in capitals."""

CALENDAR = words(
    """
    i monday tuesday wednesday thursday friday saturday sunday january february july september
    october november december feb apr jun jul aug sept sep oct nov dec
    """
)
"""Words with capitals of their own, which end a name before them."""

NATIONALITIES = words(
    """
    american americans british english scottish welsh irish french german italian spanish
    portuguese dutch belgian swiss austrian danish swedish norwegian finnish polish czech
    hungarian romanian bulgarian greek turkish russian ukrainian chinese japanese korean
    indian pakistani australian canadian mexican brazilian israeli palestinian iranian iraqi
    syrian saudi egyptian nigerian kenyan african european asian western eastern northern
    southern muslim muslims christian christians jewish catholic catholics protestant
    islamic republican democrat democratic conservative liberal tory socialist communist
    presumptive cuban hispanic latino philippine afghan lebanese colombian
    """
)

DEMONYMS = words(
    """
    republicans democrats americans britons canadians australians europeans germans russians
    muslims christians catholics jews hispanics latinos conservatives liberals independents
    evangelicals libertarians progressives socialists communists unionists nationalists
    texans republican democrat officials lawmakers voters supporters
    """
)
"""People of a nation, a faith or a party: a group, even with a capital."""

POSSESSIVES = words("his her its their my our your")

SINGULAR_IN_S = words(
    """
    business congress press news mass process series princess actress boss witness duchess
    waitress countess headmistress goddess stewardess census analysis bus canvas hostess
    heiress address access express chess dress glass class gas virus lens
    """
)

PLACES = words(
    """
    tower towers street road avenue lane drive square park river bridge island islands isle
    hill hills mount mountain mountains valley lake bay beach coast sea ocean strait gulf
    port harbour harbor airport terminal junction palace castle cathedral manor farm cottage
    county state province village borough wood woods forest moor fields gardens green pier
    north south east west central cup act award awards prize day week war games olympics
    league premiership championship open grand prix edition gate heights falls springs train
    plan debate deal bill
    lodge inn arms estadio stadium
    """
)
"""A name that ends in one of these is a place's, a prize's or a day's, and says nothing."""

PLACE_OPENERS = words(
    """
    new north south east west northern southern upper lower port fort mount lake san santa
    los las cape saint st
    """
)
"""A name of two words that begins with one of these is a place's."""

CORPORATE = words(
    """
    inc ltd limited plc corp corporation company co group holdings international
    pharmaceuticals bank airlines airways foods motors energy systems technologies software
    entertainment stores media direct partners capital rail water healthcare fc united city
    athletic rovers town wanderers albion county industries brothers electronics pictures
    records studios party foundation steel oil gas insurance brewery breweries mutual news
    times post nv ag gmbh bv oyj
    """
)
"""What a body's name may lack when it comes again: "Halden Foods", then "Halden"."""

CHAMBERS = words("house lords commons")
"""Alone, they are short for "House of …" and for no other body: not for the White House."""

PARTIES = {
    **dict.fromkeys(("tory", "tories"), (("conservative", "party"), ("conservatives",))),
    **dict.fromkeys(("conservative", "conservatives"), (("conservative", "party"),)),
}
"""What parties are called beside their names, the fullest of these first."""

AMBIGUOUS = words("may will march april june august jan grant hope mark bill rose")
"""Words that open sentences and are also names; alone, they need a fuller name elsewhere."""

POLITE = words("mr mrs ms miss mx dr sir dame")
"""Titles that only stand before names."""

SURNAME_TITLES = words(
    """
    king bishop pope prince major judge marshal farmer keeper baron knight abbot lord sheikh
    skipper prior constable sheriff justice coach private provost anchor
    """
)
"""Titles that are surnames too, where they end a name of two words or more."""
