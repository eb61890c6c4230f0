# Patterns are read and compared as wholes, however long a line.
# ruff: noqa: E501
"""Insults by their grammar: who is addressed, and with which word.

No list has every insult, but they are made in few ways: “you are ‹word›”, “you ‹word›”,
“‹word›, …”, “such ‹words› as you”, or somebody is told to go away. A word that hurts
says nothing by itself: people call themselves idiots, and their printers worse.

Patterns are matched on folded text (``text.fold``).
"""

import re
from collections.abc import Iterator

from .text import Folded

FRENCH = (
    r"(?:(?:gros|sale|petit|vieux|vrai|pauvre)s? )?(?:cons?|connes?|connards?|connasses?|"
    r"abrutie?s?|imbeciles?|idiote?s?|cretine?s?|debiles?|demeure?e?s?|attardee?s?|"
    r"taree?s?|minables?|pitoyables?|pathetiques?|nulle?s?(?! part)|nullards?|nullites?|"
    r"incapables?|incompetente?s?|bons? a riens?|ratee?s?|merdeu(?:x|se|ses)|merdes?|"
    r"ordures?|dechets?|raclures?|pourritures?|charognes?|vermines?|parasites?|sangsues?|"
    r"porcs?|truies?|chiens?|chiennes?|rats?|cafards?|cloportes?|larves?|limaces?|"
    r"faineante?s?|feignasses?|branleu(?:r|rs|se|ses)|glandeu(?:r|rs|se|ses)|"
    r"menteu(?:r|rs|se|ses)|mythos?|hypocrites?|escrocs?|"
    r"bouffonn?e?s?|guignols?|clowns?|charlots?|tocarde?s?|nazes?|losers?|boloss?|"
    r"blaireaux?|boulets?|boffons?|pouffiasses?|petasses?|poufs?|morues?|greluches?|"
    r"fachos?|fascistes?|nazis?|gauchistes?|gauchiasses?|collabos?|"
    r"pervers|pedophiles?|malades? mentaux|malades? mentale?|detraquee?s?|fou furieux|"
    r"ignares?|incultes?|analphabetes?|illettree?s?|stupides?|betes? a manger du foin|"
    r"vieilles? (?:chouettes?|biques?|peaux?|folles?)|vieux (?:schnocks?|debris)|"
    r"pleurnichards?|pleureuses?|"
    r"degoutante?s?|repugnante?s?|immondes?|ignobles?|"
    r"aigrie?s?|frustree?s?|legumes?|mongols?|gogols?|trisos?|pedes?|pds?|tapettes?|"
    r"gouines?|salopes?|salauds?|putes?|encule?e?s?|batards?|fumiers?|enfoires?)"
)
ENGLISH = (
    r"(?:idiots?|morons?|imbeciles?|cretins?|fools?|dunces?|simpletons?|halfwits?|"
    r"dimwits?|nitwits?|numbskulls?|numpt(?:y|ies)|muppets?|donkeys?|clowns?|jokes?|"
    r"losers?|failures?|nobod(?:y|ies)|hacks?|frauds?|liars?|cheats?|thie(?:f|ves)|"
    r"cowards?|hypocrites?|nazis?|fascists?|libtards?|"
    r"scum(?:bags?)?|trash|garbage|filth|vermin|parasites?|leech(?:es)?|rats?|pigs?|"
    r"cows?|dogs?|snakes?|slugs?|maggots?|cockroach(?:es)?|toads?|apes?|monkeys?|hags?|"
    r"witch(?:es)?|bitch(?:es)?|whores?|sluts?|skanks?|cunts?|twats?|pricks?|dicks?|"
    r"dickheads?|wankers?|tossers?|bastards?|assholes?|arseholes?|jerks?|creeps?|freaks?|"
    r"perverts?|paedos?|pedos?|degenerates?|psychos?|lunatics?|retards?|retarded|"
    r"boomers?|snowflakes?|crybab(?:y|ies)|brats?|snobs?|drunks?|junkies?|vandals?|"
    r"pakis?|gooks?|chinks?|spics?|pieces? of (?:shit|crap|garbage|filth)|"
    r"wastes? of (?:space|air|oxygen|skin|time)|embarrassments?|disgraces?|"
    r"stupid|dumb|thick|brain ?dead|brain-dead|brainless|illiterate|"
    r"pathetic|worthless|talentless|disgusting|repulsive|revolting|vile|"
    r"despicable|ugly|fat|filthy|sick in the head|deranged|spineless|gutless)"
)
TIMES = r"(?:[a-z'-]{1,12} ){0,4}"
FEWER_TIMES = r"(?:[a-z'-]{2,14} ){0,2}"
SCORN = (
    r"(?:absolute|utter|complete|total|bloody|fucking|damn|stupid|dumb|fat|ugly|old|"
    r"little|filthy|dirty|lazy|smug|arrogant|pathetic|worthless|talentless|whiny|silly|"
    r"sanctimonious|miserable|nasty|vile|sad|spoilt|entitled|sick|pretentious|fake)"
)
END = r"(?=\s{0,3}(?:[.!?,;:)…]|$))"
START = r"(?:^|(?<=[.!?]))\s{0,3}"

TOLD = re.compile(
    "|".join(
        (
            # You are ‹word›.
            rf"\b(?:t'es|tu (?:n')?es|tu (?:fais|restes|seras)|vous (?:n')?etes|vous restez)"
            rf" (?!pas\b){TIMES}{FRENCH}\b",
            rf"\b(?:toi|vous|ton \w{{3,9}}|ta \w{{3,9}}|votre \w{{3,9}}) (?:est|es|etes|et toi)"
            rf" (?!pas\b)(?:qu'|un |une |des |que des )?{FRENCH}\b",
            rf"\b(?:you(?:'re| are| were)|u r|ur|you (?:sound|look|write|talk|act|smell)"
            rf" like|are you|you must be) (?!not\b){TIMES}{ENGLISH}\b"
            r"(?! (?:and i|if|enough to|to (?:have|be|say|hear)))",
            rf"\byour (?:\w{{2,9}} )?(?:mum|mom|mother|dad|father|wife|husband|kids?|son|"
            rf"daughter|family)(?:'s| is| are| was) {TIMES}{ENGLISH}\b",
            # You ‹word›. ‹Word›!
            rf"\b(?:you|u) (?:{SCORN} ){{0,3}}(?!dogs?\b|cows?\b|pigs?\b|rats?\b|jokes?\b|fat\b|ugly\b|thick\b|dumb\b|"
            rf"stupid\b|trash\b|garbage\b|filth\b){ENGLISH}\b{END}",
            rf"{START}(?:you )?(?:{SCORN} ){{0,3}}(?!jokes?|rats?|stupid|dumb|ugly|trash|"
            rf"garbage|useless|pathetic|vile){ENGLISH}{END}",
            rf"(?<=, )(?:you )?(?:{SCORN} ){{0,3}}(?!jokes?\b|rats?\b|stupid\b|dumb\b|"
            rf"ugly\b|fat\b|thick\b|dogs?\b|cows?\b|pigs?\b|thie|fools?\b|useless\b|fakes?\b)"
            rf"{ENGLISH}(?=\s{{0,3}}(?:[.!]|$))",
            rf"\bwhat an? {FEWER_TIMES}(?:{SCORN} ){{0,2}}(?:idiot|moron|imbecile|cretin|"
            r"muppet|clown|loser|hack|fraud|tosser|wanker|twat|prick|dickhead|jerk|pig)\b"
            r"(?! (?:i|he|she|it|they|we)\b)",
            rf"{START}(?:espece d[e'] ?|bande d[e'] ?|tas d[e'] ?|pauvres? |sales? |gros |grosse )"
            rf"?{FRENCH}(?: (?:de|d') ?{FRENCH})?\s{{0,3}}(?:[!.]|$)",
            rf"(?<=, )(?:espece d[e'] ?|bande d[e'] ?|pauvres? |sales? |grosse? )?"
            rf"(?!nulle?s?\b|ridicules?\b|stupides?\b|legumes?\b|rats?\b|chiens?\b|idiote?s?\b)"
            rf"{FRENCH}(?=\s{{0,3}}(?:[.!]|$))",
            r"\b(?:espece|bande|ramassis|tas|troupeau) (?:de |d')"
            rf"(?:(?:sales?|gros|vieux|petits?) )?{FRENCH}\b",
            # Such as you.
            rf"\b{FRENCH} (?:comme (?:toi|vous)|de (?:ton|votre) espece)\b",
            rf"\b{ENGLISH} like (?:you|u)\b",
            r"\b(?:people|folks?|idiots|someone|somebody|anyone) like (?:you|u)"
            r" (?:should|are|make|need|deserve|belong|have no|ruin|disgust)\w*",
            r"\b(?:des )?(?:gens|types?|mecs?|personnes?|bonnes? femmes?) comme (?:toi|vous)"
            r" (?:devr|merit|ne devr|sont (?:la|une|le|des)|me (?:degout|font))\w*",
            rf"\bquand (?:on est|t'es|tu es|vous etes) (?:trop |bien |"
            rf"vraiment |sacrement )?{FRENCH} pour\b",
            rf"\b(?:you(?:'re| are)|must be|are) (?:far |way |just )?too {ENGLISH} to\b",
            rf"\b(?:only|nobody but) an? {FEWER_TIMES}{ENGLISH} (?:would|could|can)\b",
        )
    )
)
SENT_AWAY = re.compile(
    r"\b(?:"
    r"(?<![a-z] )(?:va|allez) (?:au diable|en enfer|pleurer ailleurs|"
    r"(?:te|vous) (?:cacher|pendre|rhabiller))"
    r"|(?:va|allez) (?:au diable|pleurer ailleurs)"
    r"|(?<![a-z] )(?:degage|casse-toi|cassez-vous|barre-toi|tire-toi|fous le camp|foutez le camp)"
    r"(?=\s{0,3}(?:[.!,]|$))"
    r"|ferme(?:-la|z-la)(?= ?(?:[.!,]|$|avec|un peu|donc|enfin))|ferme (?:ton|ta) (?:blog|bec|clapet|"
    r"gueule|bouche)|fous(?:-| )nous la paix|foutez(?:-| )nous la paix|lache-nous la grappe"
    r"|(?:tout le monde|on|personne|tlm) (?:s'en|se|en a rien a) (?:fout|tape|branle|cogne|"
    r"contrefout|torche)(?: (?:de |d')?(?:ta|ton|tes|vos|votre|completement)\b)?(?=.{0,40}\b"
    r"(?:tu|tes|ta|ton|vos|votre|t'))"
    r"|(?:avec|de) tes? .{3,30}(?:tout le monde|on) s'en (?:fout|tape|branle)"
    r"|personne (?:n'a |a )?(?:envie|besoin) de (?:lire|voir|entendre|supporter) "
    r"(?:tes|ton|ta|vos|votre)"
    r"|(?:retourne|rentre|retournez|rentrez) (?:dans ton pays|dans votre pays|chez toi|"
    r"chez vous|d'ou tu viens|d'ou vous venez)"
    r"|(?:tu|vous) me (?:fais|faites|donnes?|donnez) (?:envie de )?(?:gerber|vomir|degueuler)"
    r"|(?:te|vous|lui) (?:casser|peter|defoncer|exploser|eclater) (?:la|les|ta|tes) "
    r"(?:gueule|figure|tete|tronche|dents|machoire|genoux)"
    r"|(?:j'espere|espere|on espere) (?:bien |juste |vraiment )?(?:que |qu')(?:.{0,40}\b)?"
    r"(?:tu|vous) (?:vas |allez )?(?:tomb|crev|mour|souffr|perd|brul|pourr|finir)\w{1,6}"
    r"|meritent? que .{3,30}(?:creve|meure|souffre)\w{0,3}|(?:aurait|auraient) (?:mieux|du) "
    r"(?:fait d')?(?:avorter|te noyer|t'avorter)"
    r"|(?:on|je) (?:sait|sais) (?:ou|comment) (?:t'habites?|tu habites?|te trouver|"
    r"vous trouver|vous habitez|tu vis)"
    r"|(?:bravo|merci|go|get|just|now|please|so|and|then|why don't you) (?:fuck|piss|sod|"
    r"bugger) off|(?:fuck|piss|sod|bugger|eff) off|f off"
    r"|(?<![a-z] )get lost(?= ?[.,!]|$)|get over yourself|eat (?:shit|dirt)"
    r"|shut (?:your|ya|ur) (?:\w{3,9} )?(?:mouth|trap|face|gob|pie ?hole|cake ?hole|yap)"
    r"|(?<![a-z] )stfu|gtfo|kys"
    r"|delete (?:your (?:account|blog|site|channel)|yourself)|boo ?hoo"
    r"|(?:nobody|no one|no-one) (?:reads?|cares|asked|wants|likes|needs) (?:this|your|for|"
    r"about|you|to (?:read|hear|see) (?:your|you))"
    r"|(?:you|your \w{3,15}) (?:makes?|making) (?:me|us) (?:want to |wanna |feel )?(?:puke|vomit|throw up|sick)"
    r"|better off dead|(?:should|ought to) (?:be put down|be shot|be sterili[sz]ed|be hanged|"
    r"be locked up|not be allowed to (?:breed|vote|live))"
    r"|should(?:n't| not) be allowed (?:to|near|on)"
    r"|(?:make|making) you (?:sorry|pay|suffer|regret|bleed)"
    r"|i(?: will|'ll|'m gonna| am going to|'m going to) (?:find|hurt|get|hunt|end|break) you"
    r"|(?:you|u) (?:should|deserve to|can|could) (?:just )?(?:die|rot|burn|hang|suffer|choke)"
    r"|(?:hope|wish) (?:that )?(?:you|they|your \w{2,9}) (?:all )?(?:\w{2,8} )?(?:die|dies|rot|"
    r"burn|choke|suffer|lose everything|get (?:fired|hit|cancer|sick|banned|sacked|ill|run over)"
    r"|ban you|fail|fall)"
    r")\b"
)

# What is hidden: sh1t, m*rde, i d i o t, c.o.n.
SPACED = re.compile(r"(?<![\w'])[a-z](?:([ .\-_*])[a-z])(?:\1[a-z]){1,11}(?![\w'])")
DISGUISED = re.compile(
    r"(?<![\w*@$])(?=[a-z]*[*@$0134!])(?:[a-z][*@$0134a-z!]{1,12}[a-z])(?!\w)"
)
LETTERS = str.maketrans("01345@$!", "oieasasi")
QUOTED = re.compile(r'"[^"]{1,80}"')
MASKED = {
    "m*rde": "merde", "c*n": "con", "c*nne": "conne", "p*te": "pute", "sal*pe": "salope",
    "enc*le": "encule", "conn*rd": "connard", "f*ck": "fuck", "sh*t": "shit",
    "b*tch": "bitch", "c*nt": "cunt", "tw*t": "twat", "id*ot": "idiot", "a*shole": "asshole",
    "m*ron": "moron", "b*stard": "bastard", "d*ck": "dick", "pr*ck": "prick",
}  # fmt: skip


def insults(folded: Folded) -> Iterator[str]:
    """Yield what is said to hurt somebody addressed, as typed; not what is quoted."""
    plain = _revealed(folded)
    spoken = QUOTED.sub(lambda said: " " * len(said[0]), plain.text)
    for pattern in (TOLD, SENT_AWAY):
        for match in pattern.finditer(spoken):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            if start < match.end():
                yield plain.original(start, match.end()).rstrip()


def _revealed(folded: Folded) -> Folded:
    """Return a text with the letters that were spaced out or masked as they are meant."""
    text, at = folded.text, 0
    letters: list[str] = []
    places: list[int] = []
    found = sorted(
        [*SPACED.finditer(text), *DISGUISED.finditer(text)], key=lambda m: m.start()
    )
    for match in found:
        meant = _meant(match[0])
        if match.start() < at or not meant:
            continue
        letters += text[at : match.start()]
        places.extend(folded.offsets[at : match.start()])
        letters += meant
        last = match.end() - 1
        spots = [min(last, match.start() + n) for n in range(len(meant))]
        spots[-1] = last
        places.extend(folded.offsets[spot] for spot in spots)
        at = match.end()
    if not at:
        return folded
    letters += text[at:]
    places.extend(folded.offsets[at:])
    return Folded("".join(letters), folded.source, places)


def _meant(typed: str) -> str:
    if SPACED.fullmatch(typed):
        return typed[::2]
    if "*" in typed:
        return MASKED.get(typed, "")
    return typed.translate(LETTERS)
