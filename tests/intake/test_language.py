import pytest

from sayso.intake.language import foreign

ENGLISH = (
    "The mayor said on Tuesday that the ferry would stay. “We listened,” she told the council. "
    "A spokesman would not comment and pointed to a letter that the town had written in March. "
)
GERMAN = (
    "Die Bürgermeisterin sagte am Dienstag, die Fähre werde bleiben. „Wir haben zugehört“, sagte "
    "sie dem Rat. Der Sprecher wollte sich nicht äußern und verwies auf einen Brief vom März. "
)
FOREIGN = {
    "de": GERMAN,
    "fr": "Le maire a déclaré mardi que le bac resterait en service. « Nous avons écouté », "
    "a-t-elle dit au conseil. Le porte-parole n’a pas souhaité répondre et renvoie à une lettre. ",
    "es": "La alcaldesa dijo el martes que el transbordador seguirá funcionando. «Hemos "
    "escuchado», afirmó ante el consejo. El portavoz no quiso hacer declaraciones este jueves. ",
    "nl": "De burgemeester zei dinsdag dat de veerboot blijft varen. “We hebben geluisterd”, zei "
    "ze tegen de raad. De woordvoerder wilde niet reageren en verwees naar een brief uit maart. ",
    "cy": "Dywedodd y maer ddydd Mawrth y byddai’r fferi yn aros. “Fe wnaethon ni wrando,” meddai "
    "wrth y cyngor. Ni wnaeth y llefarydd sylw ar y mater hwnnw nac ar y llythyr ym mis Mawrth. ",
    "ru": "Мэр города сказала во вторник, что паром останется. «Мы услышали людей», — сказала она "
    "совету. Представитель отказался от комментариев и сослался на письмо, написанное в марте. ",
    "zh": "市长周二表示，渡轮将会保留。“我们听取了意见，”她对议会说。"
    "发言人拒绝置评，并提到了三月份写的一封信。",
    "ar": "قالت رئيسة البلدية يوم الثلاثاء إن العبارة ستبقى. وقالت للمجلس إننا استمعنا إلى الناس. "
    "ورفض المتحدث التعليق وأشار إلى رسالة كتبتها المدينة في شهر مارس الماضي. ",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_another_language_is_told(code: str) -> None:
    assert foreign(FOREIGN[code] * 6) == code


def test_plain_english_is_seen_without_the_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("sayso.intake.language._identifier")
    assert foreign(ENGLISH * 3) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ENGLISH * 3, id="English"),
        pytest.param(ENGLISH.upper() * 3, id="capitals"),
        pytest.param(GERMAN[:150], id="too short"),
        pytest.param("1.2.2024 " * 500, id="no letters"),
        pytest.param(ENGLISH * 10 + GERMAN * 10, id="English first"),
        pytest.param(GERMAN * 10 + ENGLISH * 10, id="English last"),
        pytest.param(GERMAN * 9 + ENGLISH * 9 + GERMAN * 9, id="English within"),
        pytest.param((ENGLISH + GERMAN) * 10, id="by turns"),
        pytest.param(
            "Scorers: "
            + "A Gruber (Linz), M Bianchi (Bari), J Kovač (Split), L Petit (Nice); " * 9,
            id="names",
        ),
    ],
)
def test_what_may_be_english_is_read(text: str) -> None:
    assert foreign(text) is None
