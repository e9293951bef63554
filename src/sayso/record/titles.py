"""Titles and offices that stand before names, and what else words of names are known by."""

from sayso.record.folding import QUOTE


def word_set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


POLITE = word_set(
    "mr mrs ms miss mx dr sir dame lord lady baron baroness viscount viscountess count countess "
    "prince princess king queen rev reverend hon honourable honorable right fr sister brother"
)
ROLES = word_set(
    """
    mayor mayoress president vice-president premier minister taoiseach chancellor secretary
    undersecretary senator congressman congresswoman representative governor lieutenant-governor
    councillor councilor councilman councilwoman alderman speaker leader deputy whip treasurer
    ambassador envoy consul commissioner sheriff marshal chief constable inspector superintendent
    sergeant detective officer captain commander colonel major general admiral lieutenant corporal
    judge justice magistrate coroner prosecutor solicitor barrister attorney advocate lawyer
    bishop archbishop cardinal pope dean canon vicar priest rabbi imam pastor provost principal
    headteacher headmaster headmistress professor lecturer researcher scientist economist analyst
    historian engineer architect surveyor harbourmaster harbormaster director chairman chairwoman
    chair chairperson chief-executive ceo executive manager coach trainer captain-general skipper
    striker midfielder defender goalkeeper spokesman spokeswoman spokesperson editor columnist
    correspondent presenter author novelist poet actor actress singer conductor curator warden
    doctor surgeon nurse teacher farmer shopkeeper mp mep msp td farmer founder owner
    """
)
LONG_FORMS = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "prof": "professor",
    "cllr": "councillor",
    "insp": "inspector",
    "supt": "superintendent",
    "sgt": "sergeant",
    "det": "detective",
    "capt": "captain",
    "cmdr": "commander",
    "col": "colonel",
    "maj": "major",
    "gen": "general",
    "adm": "admiral",
    "lt": "lieutenant",
    "pres": "president",
    "mayoress": "mayor",
    "councilor": "councillor",
    "chairwoman": "chairman",
    "chairperson": "chairman",
    "chair": "chairman",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
}

SMALL = word_set("of the and for in on at to a an & de la du des")
EDGES = " \t\r\n.,;:()[]" + QUOTE


def has_capital(word: str) -> bool:
    """ "Okafor", "al-Haddad", "3M", "@northquay", and any word of a script without case."""
    return word != word.lower() or word == word.upper()
